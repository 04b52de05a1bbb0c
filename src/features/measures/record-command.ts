import { z } from 'zod'
import { type CivilDate, fullDate } from '../../base/dates.ts'
import { Refusal, refusalOf } from '../../base/errors.ts'
import { capitalised, fold, quoted, shorten } from '../../base/text.ts'
import { type Context, defineCommand, type Filled, optionalText } from '../../chat/commands.ts'
import { nothingToChange, stored } from '../../chat/notice.ts'
import { doubtsOf } from '../../domain/measures/checks.ts'
import {
  directionInWords,
  dueInWords,
  periodInWords,
  ragInWords,
  targetInWords,
} from '../../domain/measures/format.ts'
import { type FoundMeasure, holds, measureToRecord, titleOf } from '../../domain/measures/lookup.ts'
import { type Measure, readingsOf } from '../../domain/measures/measure.ts'
import { periodNamed } from '../../domain/measures/periods.ts'
import { addReadings, loadMeasure, type NewReading } from '../../domain/measures/store.ts'
import { readValue } from '../../domain/measures/value-parser.ts'
import { knownPerson } from '../../domain/plan/lookup.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import { nearestState, rag, shown, stateNamed } from '../../domain/scheme/schemes.ts'
import { measureFormCard } from './cards.ts'

const fields = <Text extends z.ZodType<string | undefined>>(text: Text) =>
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
const asked = fields(optionalText).transform(({ measure, title, value, figure, ...rest }) => ({
  ...rest,
  measure: measure ?? title ?? '',
  value: value ?? figure,
  byWords: measure === undefined,
}))
type Asked = z.infer<typeof asked>

/** What a form shows again may be whatever was typed. */
const filledIn = fields(z.string().optional().catch(undefined))

export const record = defineCommand({
  name: 'kpi',
  usages: [
    'kpi <measure> <value> [for <period>] [for <programme>]',
    'kpi <title> <figure> [for <period>]',
  ],
  summary: 'Record a reading: kpi 3 58.6% for Q3 2017/18. Without a period it speaks for today.',
  args: asked,
  run: async (context, args) => {
    const meant = await withProgramme(context, args)
    const found = await measureMeant(context, meant)
    const reading = checkReading(meant, context.today)
    return recordReading(context, found, reading)
  },
  form: readingForm,
})

interface Spoken {
  readonly period: string | undefined
  readonly programme: string | undefined
}

/** "for CUM" names a programme, though it stands where a period may. */
async function withProgramme<Args extends Spoken>(
  { tx, actor }: Context,
  args: Args,
): Promise<Args> {
  const { period, programme } = args
  if (period === undefined || programme !== undefined) return args
  const mine = await programmesOf(tx, knownPerson(actor))
  const meant = mine.find(({ key }) => fold(key) === fold(period))
  return meant ? { ...args, period: undefined, programme: meant.key } : args
}

/** @throws Refusal where it is not theirs, or where the "value" may belong to the title ("care leavers aged 19"). */
async function measureMeant(context: Context, args: Asked): Promise<FoundMeasure> {
  const found = await measureToRecord(context.tx, context.actor, args, context.today)
  const { measure } = found
  const { value = '' } = args
  if (args.byWords && holds(measure, `${args.measure} ${value}`)) {
    throw new Refusal(
      `${quoted(value)} stands in the title of ${titleOf(measure)}, too. To record it, type ${context.prefix} kpi ${measure.number} ${value}. Nothing was stored.`,
    )
  }
  return found
}

/** What can be stored. @throws Refusal with the problem at each field. */
function checkReading({ value, period, state }: Asked, today: CivilDate): NewReading {
  const problems: Record<string, string> = {}
  const declared = state === undefined ? undefined : stateNamed(rag, state)
  if (value === undefined) problems.value = 'Say the value, for example 58.6%.'
  if (state !== undefined && !declared) problems.state = stateProblem(state)
  const days = period === undefined ? { first: today, last: today } : periodNamed(period, today)
  if (!days)
    problems.period = `I could not read ${quoted(period ?? '')} as a period. Try Q3 2017/18, March 2018 or 31 Mar 2018.`
  else if (days.first > today)
    problems.period = `${quoted(period ?? '')} begins on ${fullDate(days.first)}: it has not begun yet.`
  if (value === undefined || !days || Object.keys(problems).length > 0) {
    throw refusalOf(problems)
  }
  return {
    raw: value,
    declared: declared?.key ?? null,
    period: period ?? null,
    forDay: days.last,
  }
}

function stateProblem(typed: string): string {
  const near = nearestState(rag, typed)
  return `I do not know the state ${quoted(typed)}.${near ? ` Did you mean ${near.label}?` : ''}`
}

async function recordReading(context: Context, found: FoundMeasure, reading: NewReading) {
  const { tx, actor, today, now, place } = context
  const { measure } = found
  const before = readingsOf(measure).find(({ forDay }) => forDay === reading.forDay)
  const count = await addReadings(tx, measure.id, [reading], {
    byId: knownPerson(actor),
    source: place.platform,
    onDay: today,
    at: now,
  })
  const fresh = await loadMeasure(tx, measure.id, today)
  const raw = shorten(reading.raw, 300)
  const line = `${titleOf(measure)}: ${raw} for ${spanInWords(reading)}.`
  const corrects =
    count > 0 && before ? `It corrects ${quoted(before.raw)}; both are kept.` : undefined
  const lines = [line, corrects, ...judgement(fresh, reading, found, today)].filter(
    (text) => text !== undefined,
  )
  return { ...(count > 0 ? stored(lines) : nothingToChange(lines)), note: line }
}

/** "Q2 2018/19 (to Sun 30 Sep 2018)": the period always with its full date. */
function spanInWords({ period, forDay }: NewReading): string {
  return period ? `${period} (to ${fullDate(forDay)})` : fullDate(forDay)
}

/** What the reading comes to, in words; what cannot be computed is said to be so. */
function judgement(
  measure: Measure,
  { forDay }: NewReading,
  { thresholds }: FoundMeasure,
  today: CivilDate,
): string[] {
  const reading = readingsOf(measure).find((one) => one.forDay === forDay)
  if (!reading) return []
  const { state, detail } = ragInWords(measure, reading, thresholds)
  const asWritten = readValue(reading.raw).computable ? [] : ['It is kept as you wrote it.']
  return [
    `${state}: ${detail}.`,
    `Direction: ${directionInWords(measure, reading)}.`,
    ...asWritten,
    ...doubtsOf({ ...measure, said: [reading] }),
    `${capitalised(dueInWords(measure, today))}.`,
  ]
}

async function readingForm(context: Context, filled: Filled) {
  const { title, figure, ...typed } = filledIn.parse(filled.values)
  const { measure: named = title ?? '', value = figure ?? '', period, state } = typed
  const args = await withProgramme(context, { period, programme: typed.programme })
  const asAt = context.today
  const { measure } = await measureToRecord(
    context.tx,
    context.actor,
    { measure: named, programme: args.programme },
    asAt,
  )
  const [latest] = readingsOf(measure)
  const { problems } = filled
  return measureFormCard({
    measure: measure.id,
    title: titleOf(measure),
    latest: latest ? `${shorten(latest.raw, 300)} for ${periodInWords(latest)}` : 'none yet',
    target: shorten(targetInWords(measure), 300),
    states: rag.states.map((state) => ({ title: shown(state), value: state.key })),
    values: {
      value,
      period: args.period ?? '',
      state: stateNamed(rag, state ?? '')?.key ?? '',
    },
    problems: {
      value: problems.value ?? '',
      period: problems.period ?? '',
      state: problems.state ?? '',
    },
  })
}
