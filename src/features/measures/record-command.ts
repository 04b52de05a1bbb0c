import { z } from 'zod'
import { type CivilDate, fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { sourceOf } from '../../base/request-context.ts'
import { capitalised, fold, quoted, shorten } from '../../base/text.ts'
import {
  type CommandContext,
  defineCommand,
  type FormState,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { phrase, precedes, run, slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult, undoButton } from '../../chat/notice.ts'
import { implausibleFigures } from '../../domain/measures/checks.ts'
import {
  formatDirection,
  formatNextReadingDue,
  formatPeriod,
  formatRag,
  formatTarget,
} from '../../domain/measures/format.ts'
import {
  type FoundMeasure,
  measureTitle,
  measureToRecord,
  titleContainsWords,
} from '../../domain/measures/lookup.ts'
import { effectiveReadings, type Measure } from '../../domain/measures/measure.ts'
import { parsePeriod } from '../../domain/measures/periods.ts'
import { addReadings, loadMeasure, type NewReading } from '../../domain/measures/store.ts'
import { parseValue } from '../../domain/measures/value-parser.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import { formatState, parseState, rag } from '../../domain/scheme/schemes.ts'
import { unknownStateText } from '../../domain/scheme/unknown-state.ts'
import { measureFormCard } from './cards.ts'

const readingFields = <Text extends z.ZodType<string | undefined>>(text: Text) =>
  z.object({
    measure: text,
    value: text,
    title: text,
    figure: text,
    period: text,
    state: text,
    programme: text,
  })

/** By number, by id and by form: measure and value. By words of the title, the grammar has title and figure. */
const recordArgs = readingFields(optionalText).transform(
  ({ measure, title, value, figure, ...rest }) => ({
    ...rest,
    measure: measure ?? title ?? '',
    value: value ?? figure,
    byWords: measure === undefined,
  }),
)
type RecordArgs = z.infer<typeof recordArgs>

/** What a form shows again may be whatever was typed. */
const formValues = readingFields(z.string().optional().catch(undefined))

/** Words of a title, with a letter among them. */
export const titleSlot = run({ some: /\p{L}/u })

export const recordCommand = defineCommand({
  name: 'kpi',
  usages: [
    'kpi <measure> <value> [for <period>] [for <programme>]',
    'kpi <title> <figure> [for <period>]',
  ],
  slots: {
    measure: slot.number,
    // "NYA" and "41% (tbc)" are values; in "kpi 3 for Q2" one is missing.
    value: run({ first: (words, at) => !precedes('for')(words, at) }),
    title: titleSlot,
    // The end of "care leavers in work 58.6%" or "waiting for a visit 12 days".
    figure: phrase('[^\\s\\d\\p{L}]{0,2}\\d\\S*(?:\\s\\p{L}+)?', 2),
    period: slot.text,
    programme: slot.text,
  },
  examples: ['kpi 3 58.6% for Q3 2017/18', 'kpi care leavers in work 58.6% for Q3 2017/18'],
  authority: ['record reading'],
  summary: 'Record a reading: kpi 3 58.6% for Q3 2017/18. Without a period it speaks for today.',
  args: recordArgs,
  run: async (context, args) => {
    const meant = await resolveProgramme(context, args)
    const found = await resolveMeasure(context, meant)
    const reading = validateReading(meant, context.today)
    return recordReading(context, found, reading)
  },
  form: readingForm,
})

interface PeriodAndProgramme {
  readonly period: string | undefined
  readonly programme: string | undefined
}

/** "for CUM" names a programme, though it stands where a period may. */
async function resolveProgramme<Args extends PeriodAndProgramme>(
  { tx, actor }: QueryContext,
  args: Args,
): Promise<Args> {
  const { period, programme } = args
  if (period === undefined || programme !== undefined) return args
  const mine = await programmesOf(tx, requirePersonId(actor))
  const meant = mine.find(({ key }) => fold(key) === fold(period))
  return meant ? { ...args, period: undefined, programme: meant.key } : args
}

/** @throws Refusal where it is not theirs, or where the "value" may belong to the title ("care leavers aged 19"). */
async function resolveMeasure(context: QueryContext, args: RecordArgs): Promise<FoundMeasure> {
  const found = await measureToRecord(context.tx, context.actor, args, context.today)
  const { measure } = found
  const { value = '' } = args
  if (args.byWords && titleContainsWords(measure, `${args.measure} ${value}`)) {
    throw new Refusal(
      `${quoted(value)} stands in the title of ${measureTitle(measure)}, too. To record it, type ${context.prefix} kpi ${measure.number} ${value}. Nothing was saved.`,
    )
  }
  return found
}

/** What can be stored. @throws Refusal with the problem at each field. */
function validateReading({ value, period, state }: RecordArgs, today: CivilDate): NewReading {
  const problems: Record<string, string> = {}
  const declared = state === undefined ? undefined : parseState(rag, state)
  if (value === undefined) problems.value = 'Say the value, for example 58.6%.'
  if (state !== undefined && !declared) problems.state = unknownStateText(state, rag)
  const days = period === undefined ? { first: today, last: today } : parsePeriod(period, today)
  if (!days)
    problems.period = `I could not read ${quoted(period ?? '')} as a period. Try Q3 2017/18, March 2018 or 31 Mar 2018.`
  else if (days.first > today)
    problems.period = `${quoted(period ?? '')} begins on ${fullDate(days.first)}: it has not begun yet.`
  if (value === undefined || !days || Object.keys(problems).length > 0) {
    throw fieldRefusal(problems)
  }
  return {
    raw: value,
    declared: declared?.key ?? null,
    period: period ?? null,
    forDay: days.last,
  }
}

async function recordReading(context: CommandContext, found: FoundMeasure, reading: NewReading) {
  const { tx, actor, today, now } = context
  const { measure } = found
  const before = effectiveReadings(measure).find(({ forDay }) => forDay === reading.forDay)
  const count = await addReadings(tx, measure.id, [reading], {
    byId: requirePersonId(actor),
    source: sourceOf(context),
    onDay: today,
    at: now,
  })
  const updated = await loadMeasure(tx, measure.id, today)
  const raw = shorten(reading.raw, 300)
  const line = `${measureTitle(measure)}: ${raw} for ${formatSpan(reading)}.`
  const corrects =
    count > 0 && before ? `It corrects ${quoted(before.raw)}; both are kept.` : undefined
  const lines = [line, corrects, ...readingResultLines(updated, reading, found, today)].filter(
    (text) => text !== undefined,
  )
  if (count === 0) return { ...unchangedResult(lines), note: line }
  const [saved] = updated.allReadings.filter(({ forDay }) => forDay === reading.forDay)
  if (!saved) throw new Error('The reading was not stored')
  return savedResult(lines, line, [undoButton({ reading: saved.id })])
}

/** "Q2 2018/19 (to Sun 30 Sep 2018)": the period always with its full date. */
function formatSpan({ period, forDay }: NewReading): string {
  return period ? `${period} (to ${fullDate(forDay)})` : fullDate(forDay)
}

/** What the reading comes to, in words; what cannot be computed is said to be so. */
function readingResultLines(
  measure: Measure,
  { forDay }: NewReading,
  { thresholds }: FoundMeasure,
  today: CivilDate,
): string[] {
  const reading = effectiveReadings(measure).find((one) => one.forDay === forDay)
  if (!reading) return []
  const { state, detail } = formatRag(measure, reading, thresholds)
  const asWritten = parseValue(reading.raw).computable ? [] : ['It is kept as you wrote it.']
  return [
    `${state}: ${detail}.`,
    `Direction: ${formatDirection(measure, reading)}.`,
    ...asWritten,
    ...implausibleFigures({ ...measure, allReadings: [reading] }),
    `${capitalised(formatNextReadingDue(measure, today))}.`,
  ]
}

async function readingForm(context: QueryContext, filled: FormState) {
  const { title, figure, ...typed } = parseWith(formValues, filled.values)
  const { measure: named = title ?? '', value = figure ?? '', period, state } = typed
  const args = await resolveProgramme(context, { period, programme: typed.programme })
  const asAt = context.today
  const { measure } = await measureToRecord(
    context.tx,
    context.actor,
    { measure: named, programme: args.programme },
    asAt,
  )
  const [latest] = effectiveReadings(measure)
  const { problems } = filled
  return measureFormCard({
    measure: measure.id,
    title: measureTitle(measure),
    latest: latest ? `${shorten(latest.raw, 300)} for ${formatPeriod(latest)}` : 'none yet',
    target: shorten(formatTarget(measure), 300),
    states: rag.states.map((state) => ({ title: formatState(state), value: state.key })),
    values: {
      value,
      period: args.period ?? '',
      state: parseState(rag, state ?? '')?.key ?? '',
    },
    problems: {
      value: problems.value ?? '',
      period: problems.period ?? '',
      state: problems.state ?? '',
    },
  })
}
