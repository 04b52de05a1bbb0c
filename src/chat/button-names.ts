import { z } from 'zod'
import { shorten } from '../base/text.ts'

/** Slack's longest accessibility label: docs.slack.dev/reference/block-kit/block-elements/button-element */
const longestName = 75
/** A row is known by its first lines: "2.1 Practice standards", "1. Rota agreed". */
const linesOfRow = 2

/** As much of an Adaptive Card as this reads. */
interface Element {
  readonly type: string
  readonly [more: string]: unknown
}
interface Action extends Element {
  readonly title: string
}
interface CardParts {
  readonly body: readonly Element[]
  readonly actions?: readonly Action[]
}

const elements = z.array(z.looseObject({ type: z.string() }))
const elementParts = z.object({
  text: z.string().optional(),
  inlines: z.array(z.looseObject({ text: z.string().default('') })).default([]),
  items: elements.optional(),
  columns: elements.optional(),
  actions: z.array(z.looseObject({ type: z.string(), title: z.string() })).optional(),
})

/**
 * Gives each button a name that says which row it is for: "Done: 2.1 Practice standards, 1. Rota agreed". Its title alone
 * is the same in every row, and a screen reader lists buttons without what stands above them (WCAG 2.2, 2.4.6); the name
 * begins with what is seen (2.5.3). It is the action's `tooltip`, of which Slack makes its accessibility label.
 */
export function withButtonNames<Card extends CardParts>(card: Card): Card {
  const { lines, elements } = namesWithin(card.body, [])
  const { actions } = card
  return {
    ...card,
    body: elements,
    ...(actions && { actions: actions.map((action) => withName(action, lines)) }),
  }
}

/**
 * The elements with the names of their buttons, and the lines that these are called by. A container with words of its own
 * is a row; `around` is what the row is called that it stands in. Each answer passes here: an element is parsed once.
 */
function namesWithin(
  siblings: readonly Element[],
  around: readonly string[],
): { readonly lines: readonly string[]; readonly elements: Element[] } {
  const parts = siblings.map((element) => elementParts.parse(element))
  const own = linesAmong(parts)
  const lines = own.length > 0 ? own : around
  const elements = siblings.map((element, at) => {
    const { items, columns, actions } = parts[at] ?? {}
    return {
      ...element,
      ...(items && { items: namesWithin(items, lines).elements }),
      ...(columns && { columns: namesWithin(columns, lines).elements }),
      ...(actions && { actions: actions.map((action) => withName(action, lines)) }),
    }
  })
  return { lines, elements }
}

/** What stands among these elements themselves, not in a container. */
function linesAmong(siblings: readonly z.infer<typeof elementParts>[]): string[] {
  const lines = siblings.map(({ text, inlines }) => text ?? inlines.map((run) => run.text).join(''))
  return lines.filter((line) => line.trim() !== '').slice(0, linesOfRow)
}

function withName(action: Action, lines: readonly string[]): Action {
  if (lines.length === 0) return action
  const room = longestName - action.title.length - 2 * lines.length
  const row = lines.map((line) => shorten(line, Math.floor(room / lines.length))).join(', ')
  return { ...action, tooltip: `${action.title}: ${row}` }
}
