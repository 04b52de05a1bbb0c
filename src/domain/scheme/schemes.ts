import { type Phrase, phrase } from '../../base/language.ts'
import { fold, nearest } from '../../base/text.ts'
import type { ProgrammeSettings } from '../programme/setting.ts'
import type { Colour } from './colour.ts'
import { type CustomState, type SchemeChoice, schemeChoiceOf } from './settings.ts'

/** A state of a scheme, with everything that shows it without colour. */
export interface State {
  readonly key: string
  readonly label: string
  readonly letter: string
  /** A shape of its own for each state of a scheme, so that it reads in greyscale. */
  readonly shape: string
  readonly colour: Colour
  /** 0 is best; -1 where it is no place on the scale: not rated, not applicable. */
  readonly severity: number
  /** As it should be: on course or complete. */
  readonly good: boolean
  /** What people write for it, as `normaliseStateText` folds it. */
  readonly words: readonly string[]
}

/** How a programme says where something stands (rule 1 of the domain). */
export interface Scheme {
  readonly key: string
  readonly label: string
  /** The scale, worst first. */
  readonly states: readonly State[]
  /** What may be said instead of a state. None of them counts as a colour, and none is ever Green. */
  readonly specials: readonly State[]
  /** No rating yet: never Green. */
  readonly blank: State
}

/** Colours as people also send them; Slack writes an emoji by its name. */
const colourMarks: Readonly<Record<Colour, readonly string[]>> = {
  red: ['🔴', '🟥', ':red_circle:', ':large_red_square:'],
  amber: [
    ...['🟠', '🟡', ':large_orange_circle:', ':large_yellow_circle:'],
    ...['🟧', '🟨', ':large_orange_square:', ':large_yellow_square:'],
  ],
  green: ['🟢', '🟩', ':large_green_circle:', ':large_green_square:'],
  blue: ['🔵', '🟦', ':large_blue_circle:', ':large_blue_square:'],
  grey: [],
}

export const colourMarksOf = (colour: Colour): readonly string[] => colourMarks[colour]

function state(given: Omit<State, 'words'>, ...words: string[]): State {
  const all = [given.key, given.letter, given.label, ...words].map(normaliseStateText)
  return { ...given, words: [...new Set(all)] }
}

function special(given: Pick<State, 'key' | 'label' | 'shape'>, ...words: string[]): State {
  const { key, label } = given
  const none = { letter: '–', colour: 'grey', severity: -1, good: false } as const
  return { ...given, ...none, words: [...new Set([key, label, ...words].map(normaliseStateText))] }
}

const specials: readonly State[] = [
  special({ key: 'no-update-required', label: 'No update required', shape: '◇' }),
  special({ key: 'not-applicable', label: 'N/A', shape: '□' }, 'not applicable', 'na'),
  special({ key: 'not-yet-available', label: 'Not yet available', shape: '▷' }, 'nya'),
]

/** Whether a rating is still to come: nobody gave one, or it is not available yet. */
export function lacksRating({ key }: Pick<State, 'key'>): boolean {
  return key === blank.key || key === 'not-yet-available'
}

/** Never chosen by anybody: shown where there is no update. */
const blank: State = {
  ...special({ key: 'blank', label: 'Not rated', shape: '○' }),
  words: [],
}

/** Keys of the states that are no place on the scale, in every scheme. The database has an index by them. */
export const offScaleKeys: readonly string[] = [...specials, blank].map(({ key }) => key)

function scheme(key: string, label: string, states: readonly State[]): Scheme {
  return { key, label, states, specials, blank }
}

const red = { key: 'red', label: 'Red', letter: 'R', shape: '◆', colour: 'red' } as const
const amber = { key: 'amber', label: 'Amber', letter: 'A', shape: '▲', colour: 'amber' } as const
const green = { key: 'green', label: 'Green', letter: 'G', shape: '●', colour: 'green' } as const
const blue = { key: 'blue', label: 'Blue', letter: 'B', shape: '■', colour: 'blue' } as const

/** W17: Red, Amber, Green. */
export const rag = scheme('rag', 'RAG', [
  state({ ...red, severity: 2, good: false }),
  state({ ...amber, severity: 1, good: false }, 'yellow'),
  state({ ...green, severity: 0, good: true }),
])

/** SOM, CUM: RAG and Blue for what is complete, which is better than being on course. */
export const brag = scheme('brag', 'BRAG', [
  state({ ...red, severity: 3, good: false }),
  state({ ...amber, severity: 2, good: false }, 'yellow'),
  state({ ...green, severity: 1, good: true }),
  state({ ...blue, severity: 0, good: true }, 'complete', 'completed'),
])

/**
 * The key printed in W20, in its words. Its column is headed "Milestone (RAG)" and the key is in colours,
 * so that a colour names a state here, too.
 */
export const delivery = scheme('delivery', 'Delivery', [
  state(
    {
      ...{ key: 'major-issues', label: 'Missed deadline/Major issues', letter: 'M' },
      ...{ shape: '◆', colour: 'red', severity: 3, good: false },
    },
    ...['missed deadlines/major issues', 'missed deadline', 'missed deadlines', 'missed'],
    ...['major issues', 'red', 'r'],
  ),
  state(
    {
      ...{ key: 'minor-issues', label: 'Possibility of missing deadlines/Minor issues' },
      ...{ letter: 'P', shape: '▲', colour: 'amber', severity: 2, good: false },
    },
    ...['possibility of missing deadline/minor issues', 'possibility of missing deadlines'],
    ...['possibility of missing deadline', 'minor issues', 'amber', 'yellow', 'a'],
  ),
  state(
    {
      ...{ key: 'on-track', label: 'On track/No issues', letter: 'O', shape: '●' },
      ...{ colour: 'green', severity: 1, good: true },
    },
    ...['on track', 'ontrack', 'no issues', 'green', 'g'],
  ),
  state(
    {
      ...{ key: 'completed', label: 'Completed', letter: 'C', shape: '■' },
      ...{ colour: 'blue', severity: 0, good: true },
    },
    ...['complete', 'blue', 'b'],
  ),
])

/**
 * The five points of delivery confidence, as government's major projects report them. All but Green ask for attention, so
 * that each says why.
 */
export const confidence = scheme('confidence', 'Delivery confidence', [
  state({ ...red, severity: 4, good: false }),
  state(
    {
      ...{ key: 'amber-red', label: 'Amber/Red', letter: 'AR', shape: '◈' },
      ...{ colour: 'red', severity: 3, good: false },
    },
    ...['amber-red', 'a/r'],
  ),
  state({ ...amber, severity: 2, good: false }),
  state(
    {
      ...{ key: 'amber-green', label: 'Amber/Green', letter: 'AG', shape: '◐' },
      ...{ colour: 'green', severity: 1, good: false },
    },
    ...['amber-green', 'a/g'],
  ),
  state({ ...green, severity: 0, good: true }),
])

/** The schemes that everyone may choose. */
export const builtInSchemes = { rag, brag, delivery, confidence } as const

/** The scheme of a programme's own states. */
export function customScheme(states: readonly CustomState[]): Scheme {
  const all = states.map(({ words, ...given }) => state(given, ...words))
  return scheme('own', 'Own', all)
}

/** The scheme that a programme chose. @throws Error where it has one of its own without states. */
export function schemeOf(settings: ProgrammeSettings): Scheme {
  return buildScheme(schemeChoiceOf(settings))
}

/** The scheme that a choice comes to. @throws Error as schemeOf does */
export function buildScheme({ scheme, customStates }: SchemeChoice): Scheme {
  if (scheme !== 'own') return builtInSchemes[scheme]
  if (!customStates) throw new Error("A programme's own scheme has no states")
  return customScheme(customStates)
}

/** Every state that can be chosen: the scale, worst first, then the states off it. */
export function allStates({ states, specials }: Scheme): readonly State[] {
  return [...states, ...specials]
}

/** A state by its key; not rated where there is none such. */
export function stateByKey(scheme: Scheme, key: string): State {
  return allStates(scheme).find((state) => state.key === key) ?? scheme.blank
}

/** Text for matching: folded, without spaces around a slash or an emoji's variation selector. */
function normaliseStateText(text: string): string {
  return fold(text.replace(/\uFE0F/g, '')).replace(/ ?\/ ?/g, '/')
}

/**
 * The state a person means by a word, a letter, an emoji or a shape, or by two of them that agree ("● Green").
 * Undefined for an unknown one: the caller asks about it and never guesses.
 */
export function parseState(scheme: Scheme, text: string): State | undefined {
  const said = normaliseStateText(text)
  const [first = '', ...more] = said.split(' ')
  const marked = stateByMark(scheme, first)
  const rest = more.join(' ')
  if (marked && rest === '') return marked
  const named = allStates(scheme).find(({ words }) => words.includes(marked ? rest : said))
  return marked && named !== marked ? undefined : named
}

/** By its shape, or by an emoji in its colour where no other state has that. */
function stateByMark(scheme: Scheme, mark: string): State | undefined {
  const [only, second] = allStates(scheme).filter(
    ({ shape, colour }) => shape === mark || colourMarks[colour].includes(mark),
  )
  return second ? undefined : only
}

/** A text that begins with a state, split: "on track the site is up" is On track and what follows. */
export interface StateSplit {
  /** Undefined where it begins with no state of the scheme. */
  readonly state: State | undefined
  /** The words for the state as they were written; the first word where it is none. */
  readonly stateText: string
  readonly rest: string
}

/** As many words as the longest state has are tried, longest first: "missed deadline" before "missed". */
export function splitState(scheme: Scheme, text: string): StateSplit {
  // Where each word ends: the rest keeps its spaces and line breaks.
  const ends = [...text.matchAll(/\S+/g)].map((word) => word.index + word[0].length)
  const splitAt = (end: number) => ({
    stateText: text.slice(0, end).trim(),
    rest: text.slice(end).trim(),
  })
  for (const end of ends.slice(0, maxStateWords(scheme)).reverse()) {
    const state = parseState(scheme, text.slice(0, end))
    if (state) return { state, ...splitAt(end) }
  }
  return { state: undefined, ...splitAt(ends[0] ?? 0) }
}

/** A mark may stand before the words, and spaces around a slash. */
function maxStateWords(scheme: Scheme): number {
  const lengths = allStates(scheme).flatMap(({ words }) =>
    words.map((word) => word.split(/[ /]/).length + (word.match(/\//g)?.length ?? 0)),
  )
  return Math.max(...lengths) + 1
}

/** The state whose words are closest to the beginning of a text that is not understood. */
export function nearestState(scheme: Scheme, text: string): State | undefined {
  const said = normaliseStateText(text).split(' ')
  const states = allStates(scheme)
  // A single letter is near to every other one.
  const names = states.flatMap(({ words }) => words).filter((word) => word.length > 2)
  for (let count = Math.min(maxStateWords(scheme), said.length); count > 0; count -= 1) {
    const options = names.filter((name) => name.split(' ').length >= count)
    const near = nearest(said.slice(0, count).join(' '), options)
    if (near) return states.find(({ words }) => words.includes(near))
  }
  return undefined
}

/** Whether a state asks for a reason and a way back (rule 3: all 26 Ambers and Reds of W17 carry commentary). */
export function needsReason(state: State): boolean {
  return isOnScale(state) && !state.good
}

/** Whether a state is on the scale: not rated and not applicable are not. */
export function isOnScale({ severity }: Pick<State, 'severity'>): boolean {
  return severity >= 0
}

/**
 * Nothing is left to do: Blue, Completed, and what a programme's own scheme shows in blue. A grade may be better than
 * the one to reach ("Outstanding") and say nothing of that.
 */
export function isComplete({ good, colour }: Pick<State, 'good' | 'colour'>): boolean {
  return good && colour === 'blue'
}

/** The state that projects under way should be in: Green, On track. */
export function goalOf({ states }: Scheme): State {
  const found = states.find(({ good }) => good) ?? states.at(-1)
  if (!found) throw new Error('A scheme without states')
  return found
}

/** "◆ Red": word and shape together, never a colour alone. */
export function formatState({ shape, label }: Pick<State, 'shape' | 'label'>): string {
  return `${shape} ${label}`
}

/** The same as a part of a text; a state of the programme's own keeps its name in each language. */
export function statePhrase({ shape, label }: Pick<State, 'shape' | 'label'>): Phrase {
  return (language) => `${shape} ${phrase(label)(language)}`
}

/** What one and several in a state are called: 'Amber', 'Ambers'; states that are no colour's name keep theirs. */
export function stateNouns({
  label,
  colour,
}: Pick<State, 'label' | 'colour'>): readonly [one: string, many: string] {
  if (label.toLowerCase() === colour) return [label, `${label}s`]
  return [`project at “${label}”`, `projects at “${label}”`]
}
