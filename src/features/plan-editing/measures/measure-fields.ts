import { civilDate, fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { fold, listOf, quoted } from '../../../base/text.ts'
import type { CommandContext } from '../../../chat/commands.ts'
import { parseDateArg } from '../../../domain/deadlines/date-args.ts'
import {
  measureBaseline,
  measureBaselineState,
  measureFrequency,
  measureKind,
  measureMethod,
  measureNextDue,
  measureOutcomes,
  measurePolarity,
  measureProjects,
  measureTarget,
  measureTargetDay,
  measureTitleField,
  measureWorkstream,
} from '../../../domain/measures/fields.ts'
import { parseFrequency } from '../../../domain/measures/frequency.ts'
import { measureTitle } from '../../../domain/measures/lookup.ts'
import { type MeasureKind, measureKinds, type Polarity } from '../../../domain/measures/measure.ts'
import { lacksYears, stagesOf } from '../../../domain/measures/staged-target.ts'
import { loadMeasures } from '../../../domain/measures/store.ts'
import { parseBetterWay } from '../../../domain/measures/value-parser.ts'
import type { PlanField } from '../../../domain/plan/fields.ts'
import { formatState, parseState, rag, stateByKey } from '../../../domain/scheme/schemes.ts'
import { unknownStateText } from '../../../domain/scheme/unknown-state.ts'
import type { EditableField } from '../editable-fields.ts'
import { type FieldValue, formatText, isNone, parseTitle, workstreamValue } from '../field-value.ts'
import { outcomesValue, projectsValue } from '../link-values.ts'

/** The fields of a measure that the programme office changes by "set measure <measure> <field> to <value>". */

/** As written: what is a number in it is worked out when it is needed. */
const writtenValue: FieldValue = {
  parse: async (context, id, text) => (isNone(text) ? null : parseTitle(context, id, text)),
  format: formatText,
}

/** A target with days of its own says how these are read; one whose days lack their years rates nothing. */
const targetValue: FieldValue = {
  ...writtenValue,
  parse: async (context, id, text, noteRemark) => {
    const value = await writtenValue.parse(context, id, text, noteRemark)
    const aim = { target: value === null ? null : text, targetOn: null }
    const stages = stagesOf(aim).map(({ raw, on }) => `${raw} by ${fullDate(on)}`)
    if (stages.length > 0) noteRemark(`It is read as ${listOf(stages)}.`)
    else if (lacksYears(aim)) {
      noteRemark(
        'Its days have no year, so nothing is rated by it yet: 80% by Jun 2026; 90% by Dec 2026.',
      )
    }
    return value
  },
}

const dayValue: FieldValue = {
  parse: async ({ today }, _, text) => (isNone(text) ? null : parseDateArg(text, today)),
  format: async (_, value) => (value ? fullDate(civilDate(String(value))) : 'none'),
}

export const polarityTitles: Readonly<Record<Polarity, string>> = {
  increase: 'higher',
  decrease: 'lower',
  maintain: 'the same',
}

const polarityValue: FieldValue = {
  parse: async (_, __, text) => {
    if (isNone(text)) return null
    const polarity = parseBetterWay(text)
    if (polarity) return polarity
    const titles = listOf(Object.values(polarityTitles))
    throw new Refusal(`${quoted(text)} is none of ${titles}. Nothing was saved.`)
  },
  format: async (_, value) =>
    value ? (polarityTitles[value as Polarity] ?? String(value)) : 'none',
}

const kindValue: FieldValue = {
  parse: async (_, __, text) => {
    const kind = measureKinds.find((one) => one === fold(text))
    if (kind) return kind
    throw new Refusal(`${quoted(text)} is none of ${listOf([...measureKinds])}. Nothing was saved.`)
  },
  format: async (_, value) => kindTitles[value as MeasureKind],
}

export const kindTitles: Readonly<Record<MeasureKind, string>> = {
  kpi: 'KPI',
  quality: 'quality',
  feedback: 'feedback',
}

const stateValue: FieldValue = {
  parse: async (_, __, text) => {
    if (isNone(text)) return null
    const state = parseState(rag, text)
    if (state) return state.key
    throw new Refusal(`${unknownStateText(text, rag)} Nothing was saved.`)
  },
  format: async (_, value) => (value ? formatState(stateByKey(rag, String(value))) : 'none'),
}

const frequencyValue: FieldValue = {
  ...writtenValue,
  parse: async (context, id, text, noteRemark) => {
    const value = await writtenValue.parse(context, id, text, noteRemark)
    if (value && !parseFrequency(text)) {
      noteRemark(
        `It is kept as you wrote it, and tells no day for the next reading. Monthly, quarterly, termly and yearly do.`,
      )
    }
    return value
  },
}

/** @throws Refusal for the title of another measure: a sheet could not tell them apart */
async function parseMeasureTitle(context: CommandContext, programmeId: string, text: string) {
  const title = await parseTitle(context, programmeId, text)
  const measures = await loadMeasures(context.tx, programmeId, context.today)
  const same = measures.find((one) => fold(one.title) === fold(title))
  if (!same) return title
  throw new Refusal(`There is a measure of that title: ${measureTitle(same)}. Nothing was saved.`)
}

const define = (field: PlanField, names: readonly string[], value: FieldValue): EditableField => ({
  field,
  names,
  ...value,
})

export const measureTitleInput = define(measureTitleField, ['Title', 'name'], {
  parse: parseMeasureTitle,
  format: formatText,
})

/** All besides its title, in the order of the form. */
export const measureDetails: readonly EditableField[] = [
  define(measureTarget, ['Target'], targetValue),
  define(measureTargetDay, ['Target day', 'target date', 'by'], dayValue),
  define(measurePolarity, ['Better is', 'better', 'direction', 'polarity'], polarityValue),
  define(measureBaseline, ['Baseline'], writtenValue),
  define(measureBaselineState, ['Baseline state', 'baseline rag'], stateValue),
  define(measureFrequency, ['How often', 'frequency', 'read'], frequencyValue),
  define(measureMethod, ['How collected', 'collection method', 'method'], writtenValue),
  define(measureNextDue, ['Next reading due', 'next reading', 'next due'], dayValue),
  define(measureKind, ['Kind', 'type'], kindValue),
  define(measureWorkstream, ['Workstream'], {
    ...workstreamValue,
    parse: async (context, id, text, noteRemark) =>
      isNone(text) ? null : workstreamValue.parse(context, id, text, noteRemark),
  }),
  define(measureProjects, ['Projects', 'project'], projectsValue),
  define(measureOutcomes, ['Outcomes', 'outcome'], outcomesValue),
]

export const editableMeasureFields: readonly EditableField[] = [
  measureTitleInput,
  ...measureDetails,
]
