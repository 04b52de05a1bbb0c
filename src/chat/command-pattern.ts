import { oneOf, type Slots } from './grammar.ts'
import type { LineEnds, Slot } from './slot.ts'

/**
 * What people may type, written once as they would read it in the help: "done <project> <milestone>".
 * Plain words stand for themselves, <name> is a slot that takes what they write, [ ] surrounds what may be left out.
 * A hyphen may be typed as a space: "no-change".
 */
export interface CommandPattern {
  readonly text: string
  /** The text of each slot that was filled, or undefined where the line does not fit. Never throws. */
  match(typed: string): Record<string, string> | undefined
  /** The same for the words of a line. */
  matchWords(words: readonly string[]): Record<string, string> | undefined
  /** The first word, where it is a plain one: enough to know which command was meant. */
  readonly firstWord: string | undefined
}

/** A line's words, as the patterns match them: any white space is as good as one space. */
export function wordsIn(typed: string): readonly string[] {
  return typed.split(/\s+/u).filter((word) => word !== '')
}

/** What a usage comes to without what may be left out: 'due [<days>]' is 'due'. */
export function requiredWords(usage: string): string {
  // Those within others first.
  const left = usage.replaceAll(/\s*\[[^[\]]*\](\s*…)?/g, '')
  return left === usage ? left.trim() : requiredWords(left)
}

/** @throws Error for a slot without a pattern, which is a mistake in the command. */
export function compilePattern(text: string, slots: Slots = {}): CommandPattern {
  const steps: Step[] = []
  const start = link(parseUsage(text, slots), addStep(steps, { kind: 'end' }), steps)
  const opening = openingWords(text)
  const required = plainWordsIn(requiredWords(text))
  const matchWords = (words: readonly string[]) =>
    opening.every((word, at) => words[at]?.toLowerCase() === word) &&
    required.every((word) => words.some((typed) => typed.toLowerCase() === word))
      ? slotTexts(words, steps, start)
      : undefined
  return {
    text,
    firstWord: /^[a-z]+/.exec(text)?.[0],
    match: (typed) => matchWords(wordsIn(typed)),
    matchWords,
  }
}

/** The names of the slots in a usage, in their order. */
export function slotNamesIn(usage: string): string[] {
  return [...usage.matchAll(/<(\w+)>/g)].map(([, name = '']) => name)
}

/** The plain words that every line of a usage begins with: most lines are told apart by them. */
function openingWords(usage: string): readonly string[] {
  const tokens = tokensOf(usage)
  const end = tokens.findIndex((token) => !plainWord.test(token))
  return end === -1 ? tokens : tokens.slice(0, end)
}

const plainWord = /^[a-z]+$/

const plainWordsIn = (usage: string): readonly string[] =>
  tokensOf(usage).filter((token) => plainWord.test(token))

function tokensOf(usage: string): readonly string[] {
  return usage.match(/\[|\]|<\w+>|[^\s[\]]+/g) ?? []
}

type Item =
  | { readonly kind: 'slot'; readonly slot: Slot; readonly name: string | undefined }
  | { readonly kind: 'option'; readonly items: readonly Item[] }

function parseUsage(usage: string, slots: Slots): readonly Item[] {
  const open: Item[][] = [[]]
  for (const token of tokensOf(usage)) {
    if (token === '[') {
      open.push([])
      continue
    }
    const item: Item =
      token === ']' ? { kind: 'option', items: open.pop() ?? [] } : tokenItem(token, usage, slots)
    open.at(-1)?.push(item)
  }
  return open[0] ?? []
}

function tokenItem(token: string, usage: string, slots: Slots): Item {
  const [name] = slotNamesIn(token)
  if (!name) return { kind: 'slot', slot: oneOf(token), name: undefined }
  const slot = slots[name]
  if (slot === undefined) throw new Error(`The usage "${usage}" has no pattern for <${name}>`)
  return { kind: 'slot', slot, name }
}

/** A usage as a chain of steps. Each names the one that goes on after it, by its place among the steps before it. */
type Step =
  | { readonly kind: 'end' }
  | {
      readonly kind: 'slot'
      readonly slot: Slot
      readonly name: string | undefined
      readonly next: number
    }
  | { readonly kind: 'choice'; readonly preferred: number; readonly other: number }

/** Adds the steps of the items, the last first, and returns the place of the first. */
function link(items: readonly Item[], next: number, steps: Step[]): number {
  return items.reduceRight((after, item) => {
    if (item.kind === 'slot') return addStep(steps, { ...item, next: after })
    const inside = link(item.items, after, steps)
    // An option that begins with a plain word takes precedence: "decision [for <project>] <text>".
    // One that begins with a slot gives way to all that may follow it: "[<reason>] [green by <date>]".
    const [first] = item.items
    const [preferred, other] =
      first?.kind === 'slot' && first.name !== undefined ? [after, inside] : [inside, after]
    return addStep(steps, { kind: 'choice', preferred, other })
  }, next)
}

function addStep(steps: Step[], step: Step): number {
  return steps.push(step) - 1
}

/** From each place of the line (the last is its end): where the step leads, or -1 where the rest does not fit. */
type StepTable = readonly number[]

/**
 * Fills one table for each step, from the end of the usage to its beginning, so that every step looks up what follows
 * in place of trying it: the work is the number of steps times that of words.
 */
function slotTexts(
  words: readonly string[],
  steps: readonly Step[],
  start: number,
): Record<string, string> | undefined {
  const tables: StepTable[] = []
  for (const step of steps) tables.push(stepTable(words, step, tables))
  if ((tables[start]?.[0] ?? -1) === -1) return undefined
  const texts: Record<string, string> = {}
  let at = 0
  for (let place = start; ; ) {
    const step = steps[place]
    const leadsTo = tables[place]?.[at] ?? -1
    if (!step || step.kind === 'end') return texts
    if (step.kind === 'choice') place = leadsTo
    else {
      if (step.name !== undefined) texts[step.name] = words.slice(at, leadsTo).join(' ')
      at = leadsTo
      place = step.next
    }
  }
}

function stepTable(words: readonly string[], step: Step, tables: readonly StepTable[]): StepTable {
  const table: number[] = Array(words.length + 1).fill(-1)
  if (step.kind === 'end') {
    table[words.length] = words.length
    return table
  }
  const isOpen = (place: number, at: number) => (tables[place]?.[at] ?? -1) !== -1
  if (step.kind === 'choice') {
    const { preferred, other } = step
    return table.map((_, at) => {
      if (isOpen(preferred, at)) return preferred
      return isOpen(other, at) ? other : -1
    })
  }
  const slotEnd = step.slot.inLine(words)
  const ends = lineEnds(words.length, (at) => isOpen(step.next, at))
  for (let from = 0; from < words.length; from += 1) table[from] = slotEnd(from, ends) ?? -1
  return table
}

/** Looks up in one step what would else be searched for from every place. */
function lineEnds(length: number, fits: (end: number) => boolean): LineEnds {
  const none = length + 1
  const firstFrom: number[] = Array(length + 2).fill(none)
  for (let at = length; at >= 0; at -= 1)
    firstFrom[at] = fits(at) ? at : (firstFrom[at + 1] ?? none)
  const lastUpTo: number[] = Array(length + 1).fill(-1)
  for (let at = 0; at <= length; at += 1) lastUpTo[at] = fits(at) ? at : (lastUpTo[at - 1] ?? -1)
  return {
    fits,
    first(least, most) {
      const end = firstFrom[least] ?? none
      return end <= Math.min(most, length) ? end : undefined
    },
    last(least, most) {
      const end = lastUpTo[Math.min(most, length)] ?? -1
      return end >= least ? end : undefined
    },
  }
}
