import { Refusal } from '../../base/errors.ts'
import type { Sheet } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import {
  allStates,
  type builtInSchemes,
  confidence,
  parseState,
  type Scheme,
} from '../../domain/scheme/schemes.ts'
import { stateOfFill } from './cell-looks.ts'
import type { Draft } from './formats/sheet-format.ts'
import type { Headings } from './headings.ts'
import {
  formatCodePoints,
  parsePointBetween,
  type StateWords,
  wordMeanings,
} from './rating-parser.ts'

/**
 * What a person says that the words of a sheet mean, by their folded words: "in progress" → "green". A meaning is a
 * state as people write it, "done" or "not rated"; one that the programme's scheme has no more is left out.
 */
export function parseStateWords(
  said: Readonly<Record<string, string>>,
  scheme: Scheme,
): StateWords {
  const entries = Object.entries(said).flatMap(([word, meaning]) => {
    const key = meaningKey(meaning, scheme)
    return key === undefined ? [] : [[fold(word), key] as const]
  })
  return Object.fromEntries(entries)
}

function meaningKey(meaning: string, scheme: Scheme): string | undefined {
  const special = wordMeanings.find((one) => one === fold(meaning).replace('-', ' '))
  return special ?? parseState(scheme, meaning)?.key
}

/** @throws Refusal that lists what a word can mean, for any other meaning */
export function assertStateWords(
  said: Readonly<Record<string, string>> = {},
  scheme: Scheme,
): void {
  for (const [word, meaning] of Object.entries(said)) {
    if (meaningKey(meaning, scheme) !== undefined) continue
    throw new Refusal(
      `${quoted(`${word}=${meaning}`)}: ${quoted(meaning)} is nothing that a state can mean here. There are: ${meaningsText(scheme)}. Nothing was imported.`,
    )
  }
}

/** What a word can mean, for a menu: by what is kept of the answer. */
export const stateMeanings = (scheme: Scheme): { title: string; value: string }[] => [
  ...allStates(scheme).map(({ key, label }) => ({ title: label, value: key })),
  { title: 'Done', value: 'done' },
  { title: 'No rating', value: 'not rated' },
]

const meaningsText = (scheme: Scheme): string =>
  [...allStates(scheme).map(({ label }) => label), ...wordMeanings].join(', ')

/** Each once, as first written. */
export const unknownWords = ({ unknownStates }: Pick<Draft, 'unknownStates'>): string[] => [
  ...new Map(unknownStates.toReversed().map(({ raw }) => [fold(raw), raw.trim()])).values(),
]

/** The scheme that a sheet's heading of states names, or that alone has its words: "Amber/Red". */
export function schemeNamed(
  { rows }: Sheet,
  { columns, row }: Pick<Headings, 'columns' | 'row'>,
): keyof typeof builtInSchemes | undefined {
  const [column] = columns.get('state') ?? columns.get('status') ?? []
  if (!column) return undefined
  const said = fold(column.heading).split(/\W/)
  if (said.includes('confidence') || said.includes('dca')) return 'confidence'
  const cells = rows.flatMap(({ number, cells }) =>
    number > row ? (cells[column.index] ?? '') : [],
  )
  if (cells.some(isPointBetween)) return 'confidence'
  return (['brag', 'delivery'] as const).find((key) => said.includes(key))
}

/** "Amber/Red": a point of delivery confidence that no other scheme has. */
const isPointBetween = (text: string): boolean =>
  text.length <= 20 && parsePointBetween(confidence, text)?.key.startsWith('amber-') === true

/** What the colours of a word's cells suggest: "Its cells are coloured as Amber. " */
function colourText(same: Draft['unknownStates'], scheme: Scheme): string {
  const labels = same.flatMap(({ fill }) => (fill && stateOfFill(fill, scheme)?.label) || [])
  const each = [...new Set(labels)]
  return each.length === 0 ? '' : `Its cells are coloured as ${listOf(each)}. `
}

const rowsNamed = 6

/** One question for each word, whatever the number of its rows. */
export function askUnknownStates(scheme: Scheme, draft: Draft): void {
  const byWord = Map.groupBy(draft.unknownStates, ({ raw }) => fold(raw))
  for (const same of byWord.values()) {
    const [first] = same
    if (!first) continue
    const rows = [...new Set(same.map(({ row }) => row))]
    const named = rows.slice(0, rowsNamed).map(String)
    const more = rows.length - named.length
    const places = listOf(more > 0 ? [...named, `${more} more`] : named)
    const offer = isPointBetween(first.raw)
      ? 'The scheme of five-point delivery confidence has it: admin scheme confidence. '
      : ''
    const colour = colourText(same, scheme)
    const message =
      `${formatCodePoints(first.raw)} in ${rows.length === 1 ? 'row' : 'rows'} ${places} is no state of this programme. ${colour}` +
      `Say what it means: --state "${first.raw.trim()}=…", with one of ${meaningsText(scheme)}. ` +
      `${offer}If it is accepted, it is not rated, and an earlier rating stays.`
    draft.problems.push({ row: first.row, column: first.column, message })
  }
}
