import { z } from 'zod'
import { shorten } from '../base/text.ts'
import type { AdaptiveCard } from './cards.ts'

/**
 * The part of Adaptive Cards 1.5 that our cards may use: what Teams shows and Slack can show too.
 * adaptive-cards/README.md describes it for people. Strict, so that a misspelt property is found by a test.
 */

// Adaptive Cards take these words in any case; from here on they are in lower case.
const lower = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value)
const oneOf = <const Words extends readonly string[]>(...words: Words) =>
  z.preprocess(lower, z.enum(words)).optional()

const spacing = oneOf('none', 'small', 'default', 'medium', 'large', 'extralarge', 'padding')
const alignment = oneOf('left', 'center', 'right')
const look = {
  weight: oneOf('lighter', 'default', 'bolder'),
  size: oneOf('small', 'default', 'medium', 'large', 'extralarge'),
  color: oneOf('default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'),
  isSubtle: z.boolean().optional(),
  fontType: oneOf('default', 'monospace'),
}
const boxStyle = oneOf('default', 'emphasis', 'good', 'attention', 'warning', 'accent')
const common = { id: z.string().optional(), spacing, separator: z.boolean().optional() }

const execute = z.strictObject({
  type: z.literal('Action.Execute'),
  id: z.string().optional(),
  title: z.string().min(1),
  verb: z.string().min(1),
  data: z.record(z.string(), z.unknown()).default({}),
  style: oneOf('default', 'positive', 'destructive'),
  tooltip: z.string().optional(),
  associatedInputs: oneOf('auto', 'none'),
})
const openUrl = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  id: z.string().optional(),
  title: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
  tooltip: z.string().optional(),
})
const action = z.discriminatedUnion('type', [execute, openUrl])

const textBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: z.string(),
  style: oneOf('default', 'heading'),
  wrap: z.boolean().optional(),
  maxLines: z.number().optional(),
  horizontalAlignment: alignment,
  ...look,
  ...common,
})
const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string(),
  italic: z.boolean().optional(),
  strikethrough: z.boolean().optional(),
  ...look,
})
const richTextBlock = z.strictObject({
  type: z.literal('RichTextBlock'),
  inlines: z.array(textRun),
  horizontalAlignment: alignment,
  ...common,
})
const factSet = z.strictObject({
  type: z.literal('FactSet'),
  facts: z.array(z.strictObject({ title: z.string(), value: z.string() })),
  ...common,
})
const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  actions: z.array(action),
  horizontalAlignment: alignment,
  ...common,
})
const image = z.strictObject({
  type: z.literal('Image'),
  /** "picture:<id>": the picture that comes with the message (see picture.ts). */
  url: z.url({ protocol: /^(https?|picture)$/ }),
  altText: z.string().min(1),
  size: oneOf('auto', 'stretch', 'small', 'medium', 'large'),
  /** At most so wide, where there is room: "400px". */
  width: z
    .string()
    .regex(/^\d+px$/)
    .optional(),
  horizontalAlignment: alignment,
  ...common,
})
const input = {
  ...common,
  id: z.string().min(1),
  label: z.string().min(1),
  isRequired: z.boolean().optional(),
  errorMessage: z.string().optional(),
  placeholder: z.string().optional(),
  value: z.string().nullish(),
}
const inputText = z.strictObject({
  type: z.literal('Input.Text'),
  isMultiline: z.boolean().optional(),
  maxLength: z.number().int().positive().optional(),
  ...input,
})
const inputChoiceSet = z.strictObject({
  type: z.literal('Input.ChoiceSet'),
  choices: z.array(z.strictObject({ title: z.string().min(1), value: z.string().min(1) })).min(1),
  style: oneOf('compact', 'expanded'),
  isMultiSelect: z.boolean().optional(),
  wrap: z.boolean().optional(),
  ...input,
})
const inputDate = z.strictObject({
  type: z.literal('Input.Date'),
  min: z.iso.date().optional(),
  max: z.iso.date().optional(),
  ...input,
})
const leaves = [
  textBlock,
  richTextBlock,
  factSet,
  actionSet,
  image,
  inputText,
  inputChoiceSet,
  inputDate,
] as const

// Containers hold elements, which may be containers: written out, since a type cannot be inferred from itself.
type Leaf = z.infer<(typeof leaves)[number]>
interface Container {
  readonly type: 'Container'
  readonly separator?: boolean | undefined
  readonly items: Element[]
}
export interface Column {
  readonly type: 'Column'
  readonly items: Element[]
}
interface ColumnSet {
  readonly type: 'ColumnSet'
  readonly separator?: boolean | undefined
  readonly columns: Column[]
}
export type Element = Leaf | Container | ColumnSet

const elements = z.array(z.lazy((): z.ZodType<Element> => element))
const column = z.strictObject({
  type: z.literal('Column'),
  width: z.union([z.string(), z.number()]).optional(),
  verticalContentAlignment: oneOf('top', 'center', 'bottom'),
  style: boxStyle,
  items: elements,
  ...common,
})
const container = z.strictObject({
  type: z.literal('Container'),
  style: boxStyle,
  bleed: z.boolean().optional(),
  items: elements,
  ...common,
})
const columnSet = z.strictObject({
  type: z.literal('ColumnSet'),
  style: boxStyle,
  columns: z.array(column),
  ...common,
})
const element = z.discriminatedUnion('type', [...leaves, container, columnSet])

const subsetCard = z.looseObject({
  type: z.literal('AdaptiveCard'),
  fallbackText: z.string().min(1),
  body: z.array(element),
  actions: z.array(action).default([]),
})

export type SubsetCard = z.infer<typeof subsetCard>
export type Action = z.infer<typeof action>
export type Execute = z.infer<typeof execute>
export type TextRun = z.infer<typeof textRun>
export type Input = z.infer<typeof inputText | typeof inputChoiceSet | typeof inputDate>

/** A card that cannot be shown: a mistake in a template, or more content than fits. */
export class CardError extends Error {
  override readonly name = 'CardError'
  constructor(card: string, problem: string) {
    super(`The card "${card}" cannot be shown: ${problem}`)
  }
}

/** What to call a card in an error where its template's name is not at hand. */
export function nameOf(card: AdaptiveCard): string {
  return shorten(String(card.fallbackText), 60)
}

/** The card, checked against the subset. Throws a CardError that names each element which is outside it. */
export function readSubset(card: AdaptiveCard, name = nameOf(card)): SubsetCard {
  const read = subsetCard.safeParse(card)
  if (read.success) return read.data
  throw new CardError(name, read.error.issues.map((issue) => describe(card, issue)).join('; '))
}

/** 'body.0.items.2 (Media): not in the agreed subset' */
function describe(card: AdaptiveCard, issue: z.core.$ZodIssue): string {
  const atType = issue.path.at(-1) === 'type'
  const path = atType ? issue.path.slice(0, -1) : issue.path
  const where = path.map(String).join('.') || 'the card'
  const owner = atType || issue.code === 'unrecognized_keys' ? path : path.slice(0, -1)
  const problem = atType ? 'not in the agreed subset (adaptive-cards/README.md)' : issue.message
  return `${where}${typeAt(card, owner)}: ${problem}`
}

function typeAt(card: unknown, path: readonly PropertyKey[]): string {
  let value = card
  for (const step of path) value = Reflect.get(Object(value), step)
  const type: unknown = Reflect.get(Object(value), 'type')
  return typeof type === 'string' ? ` (${type})` : ''
}
