import type { CivilDate } from '../../../base/dates.ts'
import { fold, nearest } from '../../../base/text.ts'
import type { Audience } from '../../programme/audience.ts'

/**
 * A field of a project, such as its start day or its budget. This description is all that knows it: an import reads its
 * column, an export writes it, the project's card shows it, "set <project> <attribute> to <value>" changes it, and a
 * digest may tell it to its audience alone. Values are text in the table ProjectAttribute, so that a new attribute
 * needs no migration.
 */
export interface PlanAttribute {
  /** Its name in the table, in a mapping of headings and in an import's result. */
  readonly key: string
  /** The heading of its column in Milepost's own sheet, and its label on the card. */
  readonly column: string
  /** Headings of sheets, and words in chat, that mean it. Folded; the column's own is among them. */
  readonly headings: readonly string[]
  /** What a value is, behind "no" or "a": 'day'. */
  readonly noun: string
  /** A value as it is saved and exported. */
  readonly example: string
  /** The widest audience that may read it; 'internal': the people of the programme alone. */
  readonly audience: Audience
  /** Free text is checked for personal data about children before it is saved. */
  readonly isFreeText: boolean
  /** Its values are days ('2017-02-24'), which forms let people pick. */
  readonly isDay: boolean
  /** Parses the cell of a sheet. A value in the form in which it is saved is returned unchanged. */
  parse(text: string, asOf: CivilDate): ParsedAttribute
  /** Parses what a person typed in chat, where people write more freely than in sheets ("next Friday"). */
  parseTyped(text: string, today: CivilDate): ParsedAttribute
  /** A saved value, for people. */
  format(value: string): string
}

export interface ParsedAttribute {
  /** As it is saved; null where the text holds none. */
  readonly value: string | null
  /** Why the text cannot be right, as a sentence; null where nothing is wrong with it or it holds no value. */
  readonly problem: string | null
}

/** The attributes of a project by their keys, as at a day. A key that is missing has no value. */
export type AttributeValues = Readonly<Record<string, string>>

type PlanAttributeDefinition = Omit<
  PlanAttribute,
  'headings' | 'audience' | 'isFreeText' | 'isDay' | 'parseTyped'
> & {
  /** Besides that of the column. */
  readonly headings?: readonly string[]
  /** Left out: insiders only. */
  readonly audience?: Audience
  readonly isFreeText?: true
  readonly isDay?: true
  /** Left out: as the cell of a sheet. */
  readonly parseTyped?: PlanAttribute['parseTyped']
}

/** Describes an attribute. registry.ts makes it one of Milepost's. */
export function definePlanAttribute(definition: PlanAttributeDefinition): PlanAttribute {
  const { column, headings = [], audience = 'internal' } = definition
  const { isFreeText = false, isDay = false } = definition
  const parseTyped = definition.parseTyped ?? ((text, today) => definition.parse(text, today))
  return {
    ...definition,
    headings: [...new Set([column, ...headings].map(fold))],
    audience,
    isFreeText,
    isDay,
    parseTyped,
  }
}

/** @throws Error where two attributes could not be told apart. */
export function collectAttributes(attributes: readonly PlanAttribute[]): readonly PlanAttribute[] {
  const names = attributes.flatMap(({ key, headings }) => [...new Set([fold(key), ...headings])])
  const repeated = names.find((name, at) => names.indexOf(name) !== at)
  if (repeated !== undefined) throw new Error(`Two plan attributes are called "${repeated}".`)
  return attributes
}

/** The attribute that a person names, by its key or any of its headings. */
export function findAttribute(
  attributes: readonly PlanAttribute[],
  words: string,
): PlanAttribute | undefined {
  const folded = fold(words)
  return attributes.find(({ key, headings }) => fold(key) === folded || headings.includes(folded))
}

/** The label of the attribute that is spelt most like what a person typed. */
export function nearestAttribute(
  attributes: readonly PlanAttribute[],
  words: string,
): string | undefined {
  const names = attributes.flatMap(({ key, headings }) => [key, ...headings])
  const near = nearest(words, names)
  return near && findAttribute(attributes, near)?.column
}

/** The values that a reader may know. Nobody may read a value that no attribute describes any more. */
export function readableAttributes(
  values: AttributeValues,
  attributes: readonly PlanAttribute[],
  mayRead: (audience: Audience) => boolean,
): AttributeValues {
  const readable = attributes.filter(({ audience }) => mayRead(audience))
  return Object.fromEntries(
    readable.flatMap(({ key }) => (values[key] === undefined ? [] : [[key, values[key]]])),
  )
}

/** The values with their labels, in the order of the registry. */
export function formatAttributes(
  values: AttributeValues,
  attributes: readonly PlanAttribute[],
): { readonly label: string; readonly text: string }[] {
  return attributes.flatMap(({ key, column, format }) => {
    const value = values[key]
    return value === undefined ? [] : [{ label: column, text: format(value) }]
  })
}
