import { z } from 'zod'
import type { CivilDate } from '../../base/dates.ts'
import { fold, listOf } from '../../base/text.ts'
import { defineSetting, type ProgrammeSettings } from '../programme/setting.ts'
import type { Colour } from '../scheme/colour.ts'
import {
  allStates,
  confidence,
  formatState,
  isOnScale,
  rag,
  type Scheme,
  type State,
  splitState,
  stateByKey,
} from '../scheme/schemes.ts'

/** Ratings of a project beside its overall one, as highlight reports have them: of its time, its cost and so on. */

export const dimensionKeys = [
  'time',
  'cost',
  'scope',
  'benefits',
  'risk',
  'quality',
  'confidence',
] as const
export type DimensionKey = (typeof dimensionKeys)[number]

export const dimensionLabels: Readonly<Record<DimensionKey, string>> = {
  time: 'Time',
  cost: 'Cost',
  scope: 'Scope',
  benefits: 'Benefits',
  risk: 'Risk',
  quality: 'Quality',
  confidence: 'Delivery confidence',
}

/** Which of them a programme keeps; none by default. Delivery confidence has three points or five. */
export const dimensionsSetting = defineSetting({
  key: 'dimensions',
  isDated: true,
  schema: z
    .object({
      kept: z.array(z.enum(dimensionKeys)).default([]),
      confidencePoints: z.union([z.literal(3), z.literal(5)]).default(5),
    })
    .prefault({}),
})
export type Dimensions = ReturnType<typeof dimensionsSetting.of>

/** Keys of states, by dimension. */
export type DimensionStates = Readonly<Partial<Record<DimensionKey, string>>>

/** How a dimension was last rated by a day. */
export interface DimensionRating {
  readonly dimension: DimensionKey
  /** Key of a state of its scheme. */
  readonly state: string
  readonly onDay: CivilDate
}

/** How projects were last rated by dimension by a day, by their ids. */
export type RatingsByProject = ReadonlyMap<string, readonly DimensionRating[]>

/** All by RAG; delivery confidence on five points where the programme chose so. */
export function dimensionScheme(key: DimensionKey, settings: ProgrammeSettings): Scheme {
  const isOnFive = key === 'confidence' && dimensionsSetting.of(settings).confidencePoints === 5
  return isOnFive ? confidence : rag
}

export const dimensionState = (key: DimensionKey, state: string, settings: ProgrammeSettings) =>
  stateByKey(dimensionScheme(key, settings), state)

/** "Cost ◆ Red" */
export function formatDimension(key: DimensionKey, state: string, settings: ProgrammeSettings) {
  return `${dimensionLabels[key]} ${formatState(dimensionState(key, state, settings))}`
}

const namePattern =
  /^\s*(delivery confidence|confidence|time|cost|scope|benefits?|risk|quality)\s+/i
/** A single letter may be a word of its own: “cost a lot” rates nothing. */
const bareLetter = /^\p{L}$/u

/**
 * Ratings at the beginning of a text, and what follows them: 'cost red, time green because …'. Only of dimensions that
 * the programme keeps; all else is part of the words. Of two ratings of one dimension the later counts.
 */
export function splitDimensions(
  text: string,
  settings: ProgrammeSettings,
): { readonly states: DimensionStates; readonly rest: string } {
  const { kept } = dimensionsSetting.of(settings)
  const states: Partial<Record<DimensionKey, string>> = {}
  let rest = text.trim()
  for (;;) {
    const named = namePattern.exec(rest)
    const key = named && dimensionNamed(named[1] ?? '')
    if (!named || !key || !kept.includes(key)) break
    const said = rest.slice(named[0].length)
    // A comma or a colon may follow the state.
    const split = splitState(dimensionScheme(key, settings), said.replace(/[,;:.](?=\s|$)/, ' $&'))
    if (!split.state || bareLetter.test(split.stateText)) break
    states[key] = split.state.key
    rest = said.slice(split.stateText.length).replace(/^[\s,;:.]+(?:and\s+)?/i, '')
  }
  const isRated = Object.keys(states).length > 0
  return { states, rest: isRated ? rest.replace(/^because\s+/i, '') : text }
}

function dimensionNamed(word: string): DimensionKey | undefined {
  const said = fold(word).replace('delivery ', '')
  return dimensionKeys.find((key) => key === said || `${said}s` === key)
}

/** Those of a form that the programme keeps and that its schemes have; others are left out. */
export function validStates(
  asked: Readonly<Partial<Record<DimensionKey, string | undefined>>>,
  settings: ProgrammeSettings,
): DimensionStates {
  const { kept } = dimensionsSetting.of(settings)
  return Object.fromEntries(
    kept.flatMap((key) => {
      const state = allStates(dimensionScheme(key, settings)).find((one) => one.key === asked[key])
      return state ? [[key, state.key]] : []
    }),
  )
}

/** Colours from the worst on; Blue is as good as Green. */
const badness: Readonly<Record<Colour, number>> = { red: 2, amber: 1, green: 0, blue: 0, grey: -1 }

/**
 * The dimensions that stand worse than the overall state: a reader asks why the whole is better than its worst part, so
 * that needs words. States of one scheme are compared on its scale, others by their colours.
 */
export function worseThanOverall(
  overall: State,
  scheme: Scheme,
  states: DimensionStates,
  settings: ProgrammeSettings,
): DimensionKey[] {
  if (!isOnScale(overall)) return []
  return dimensionKeys.filter((key) => {
    const own = dimensionScheme(key, settings)
    const state = stateByKey(own, states[key] ?? '')
    if (!isOnScale(state)) return false
    return own.key === scheme.key
      ? state.severity > overall.severity
      : badness[state.colour] > badness[overall.colour]
  })
}

/** 'Say in a few words why it is Green although Cost is Red.' */
export function betterThanWorstText(
  overall: State,
  worse: readonly DimensionKey[],
  states: DimensionStates,
  settings: ProgrammeSettings,
): string {
  const told = worse.map(
    (key) => `${dimensionLabels[key]} is ${dimensionState(key, states[key] ?? '', settings).label}`,
  )
  return `Say in a few words why it is ${overall.label} although ${listOf(told)}.`
}
