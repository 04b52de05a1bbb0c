import { z } from 'zod'
import { shorten } from '../base/text.ts'
import type { AdaptiveCard } from './cards.ts'

/**
 * The part of Adaptive Cards 1.5 that our cards may use: what Teams shows and Slack can show too.
 * adaptive-cards/README.md describes it for people. Strict, so that a misspelt property is found by a test.
 */

// Adaptive Cards take these words in any case; from here on they are in lower case.
const lowerCase = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value)
const optionalEnum = <const Words extends readonly string[]>(...words: Words) =>
  z.preprocess(lowerCase, z.enum(words)).optional()

const spacing = optionalEnum('none', 'small', 'default', 'medium', 'large', 'extralarge', 'padding')
const alignment = optionalEnum('left', 'center', 'right')
const textStyle = {
  weight: optionalEnum('lighter', 'default', 'bolder'),
  size: optionalEnum('small', 'default', 'medium', 'large', 'extralarge'),
  color: optionalEnum('default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'),
  isSubtle: z.boolean().optional(),
  fontType: optionalEnum('default', 'monospace'),
}
const boxStyle = optionalEnum('default', 'emphasis', 'good', 'attention', 'warning', 'accent')
const commonProperties = { id: z.string().optional(), spacing, separator: z.boolean().optional() }

const executeAction = z.strictObject({
  type: z.literal('Action.Execute'),
  id: z.string().optional(),
  title: z.string().min(1),
  verb: z.string().min(1),
  data: z.record(z.string(), z.unknown()).default({}),
  style: optionalEnum('default', 'positive', 'destructive'),
  tooltip: z.string().optional(),
  associatedInputs: optionalEnum('auto', 'none'),
})
const openUrlAction = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  id: z.string().optional(),
  title: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
  tooltip: z.string().optional(),
})
const action = z.discriminatedUnion('type', [executeAction, openUrlAction])

const textBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: z.string(),
  style: optionalEnum('default', 'heading'),
  wrap: z.boolean().optional(),
  maxLines: z.number().optional(),
  horizontalAlignment: alignment,
  ...textStyle,
  ...commonProperties,
})
const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string(),
  italic: z.boolean().optional(),
  strikethrough: z.boolean().optional(),
  ...textStyle,
})
const richTextBlock = z.strictObject({
  type: z.literal('RichTextBlock'),
  inlines: z.array(textRun),
  horizontalAlignment: alignment,
  ...commonProperties,
})
const factSet = z.strictObject({
  type: z.literal('FactSet'),
  facts: z.array(z.strictObject({ title: z.string(), value: z.string() })),
  ...commonProperties,
})
const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  actions: z.array(action),
  horizontalAlignment: alignment,
  ...commonProperties,
})
const image = z.strictObject({
  type: z.literal('Image'),
  /** "picture:<id>": the image that comes with the message (see card-image.ts). */
  url: z.url({ protocol: /^(https?|picture)$/ }),
  altText: z.string().min(1),
  size: optionalEnum('auto', 'stretch', 'small', 'medium', 'large'),
  /** The greatest width, as in "400px"; narrower where there is less room. */
  width: z
    .string()
    .regex(/^\d+px$/)
    .optional(),
  horizontalAlignment: alignment,
  ...commonProperties,
})
const input = {
  ...commonProperties,
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
const inputChoiceSet = z
  .strictObject({
    type: z.literal('Input.ChoiceSet'),
    choices: z.array(z.strictObject({ title: z.string().min(1), value: z.string().min(1) })),
    /**
     * The people of the workspace: Slack offers them in place of the choices, Teams beside them, looked up while somebody
     * types. The answer is the id of an account.
     */
    'choices.data': z
      .strictObject({
        type: z.literal('Data.Query'),
        dataset: z.literal('graph.microsoft.com/users'),
      })
      .optional(),
    style: optionalEnum('compact', 'expanded'),
    isMultiSelect: z.boolean().optional(),
    /**
     * Draws the form anew when something else is chosen, with what was typed. Slack sends it as it is chosen; Teams, which
     * knows no such event, has the choices of a single one as buttons.
     */
    valueChangedAction: z
      .strictObject({
        type: z.literal('Action.Execute'),
        verb: z.string().min(1),
        data: z.record(z.string(), z.unknown()),
      })
      .optional(),
    wrap: z.boolean().optional(),
    ...input,
  })
  .refine(
    (set) => set.choices.length > 0 || set['choices.data'] !== undefined,
    'there is nothing to choose',
  )
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
type LeafElement = z.infer<(typeof leaves)[number]>
interface ContainerElement {
  readonly type: 'Container'
  readonly separator?: boolean | undefined
  readonly items: CardElement[]
}
export interface Column {
  readonly type: 'Column'
  readonly items: CardElement[]
}
interface ColumnSetElement {
  readonly type: 'ColumnSet'
  readonly separator?: boolean | undefined
  readonly columns: Column[]
}
export type CardElement = LeafElement | ContainerElement | ColumnSetElement

const elements = z.array(z.lazy((): z.ZodType<CardElement> => element))
const column = z.strictObject({
  type: z.literal('Column'),
  width: z.union([z.string(), z.number()]).optional(),
  verticalContentAlignment: optionalEnum('top', 'center', 'bottom'),
  style: boxStyle,
  items: elements,
  ...commonProperties,
})
const container = z.strictObject({
  type: z.literal('Container'),
  style: boxStyle,
  bleed: z.boolean().optional(),
  items: elements,
  ...commonProperties,
})
const columnSet = z.strictObject({
  type: z.literal('ColumnSet'),
  style: boxStyle,
  columns: z.array(column),
  ...commonProperties,
})
const element = z.discriminatedUnion('type', [...leaves, container, columnSet])

const cardSchema = z.looseObject({
  type: z.literal('AdaptiveCard'),
  fallbackText: z.string().min(1),
  body: z.array(element),
  actions: z.array(action).default([]),
})

export type ParsedCard = z.infer<typeof cardSchema>
export type CardAction = z.infer<typeof action>
export type ExecuteAction = z.infer<typeof executeAction>
export type TextRun = z.infer<typeof textRun>
export type CardInput = z.infer<typeof inputText | typeof inputChoiceSet | typeof inputDate>

/** A card that cannot be shown: a mistake in a template, or more content than fits. */
export class CardError extends Error {
  override readonly name = 'CardError'
  constructor(card: string, problem: string) {
    super(`The card "${card}" cannot be shown: ${problem}`)
  }
}

/** What to call a card in an error where its template's name is not at hand. */
export function cardLabel(card: AdaptiveCard): string {
  return shorten(String(card.fallbackText), 60)
}

/** The card, checked against the subset. Throws a CardError that names each element which is outside it. */
export function parseCard(card: AdaptiveCard, name = cardLabel(card)): ParsedCard {
  const read = cardSchema.safeParse(card)
  if (read.success) return read.data
  throw new CardError(name, read.error.issues.map((issue) => formatIssue(card, issue)).join('; '))
}

/** 'body.0.items.2 (Media): not in the agreed subset' */
function formatIssue(card: AdaptiveCard, issue: z.core.$ZodIssue): string {
  const atType = issue.path.at(-1) === 'type'
  const path = atType ? issue.path.slice(0, -1) : issue.path
  const where = path.map(String).join('.') || 'the card'
  const owner = atType || issue.code === 'unrecognized_keys' ? path : path.slice(0, -1)
  const problem = atType ? 'not in the agreed subset (adaptive-cards/README.md)' : issue.message
  return `${where}${typeSuffixAt(card, owner)}: ${problem}`
}

function typeSuffixAt(card: unknown, path: readonly PropertyKey[]): string {
  let value = card
  for (const step of path) value = Reflect.get(Object(value), step)
  const type: unknown = Reflect.get(Object(value), 'type')
  return typeof type === 'string' ? ` (${type})` : ''
}
