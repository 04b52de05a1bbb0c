/**
 * What people may type, written once as they would read it in the help: "done <project> <milestone>".
 * Plain words stand for themselves, <name> is a slot that takes what they write, [ ] surrounds what may be left out.
 * A hyphen may be typed as a space: "no-change".
 */
export interface CommandPattern {
  readonly text: string
  /** The text of each slot that was filled, or undefined where the line does not fit. Never throws. */
  match(typed: string): Record<string, string> | undefined
  /** The first word, where it is a plain one: enough to know which command was meant. */
  readonly firstWord: string | undefined
}

/** Which text a slot takes, by its name: the source of a regular expression. Lines are matched without regard to case. */
export type Slots = Readonly<Record<string, string>>

const upToBecause = '(?:(?!\\sbecause\\s).)+?'

const dayNames =
  'today|tomorrow|next|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?'

/** The slots that several features share. A command declares all others itself. */
export const slot = {
  /** As few words as the rest of the line allows. */
  text: '.+?',
  /** Stops before the first "because". */
  textUpToBecause: upToBecause,
  word: '\\S+',
  /** One to five words without a figure: a state in front of a project, as in "risk missed deadline 2.1 …". */
  words: '[^\\s\\d]+(?:\\s[^\\s\\d]+){0,4}?',
  /** A word of Latin letters. */
  letters: '[a-zA-Z]+',
  /** Text without figures, so that a date may follow: "away for Asha Verity 3 Aug to 14 Aug". */
  person: '[^\\d]+?',
  /** "2.1", "W17/2.1": one word with a figure in it. */
  project: '[^\\s]*\\d[^\\s]*',
  /** "3", "#3", and "W17/3" where several programmes have one. */
  number: '(?:[^\\s/]+/)?#?\\d+',
  /** The place in a list that was shown. */
  position: '\\d{1,3}',
  count: '\\d+',
  /** Any words up to "because": the parser of dates says what is wrong with them. */
  date: upToBecause,
  /** A date that begins with a figure or a weekday: the first word behind a name. */
  firstDay: `(?:\\d|(?:${dayNames})\\b).*?`,
  /** "9:05", "17.30". */
  time: '\\d{1,2}[:.]\\d{2}',
} as const satisfies Slots

/** A slot that takes one of these words. */
export function oneOf(...words: readonly string[]): string {
  return words.map(literal).join('|')
}

/** @throws Error for a slot without a pattern, which is a mistake in the command. */
export function compilePattern(text: string, slots: Slots = {}): CommandPattern {
  const line = new RegExp(`^${compile(text, slots)}$`, 'isu')
  return {
    text,
    firstWord: /^[a-z]+/.exec(text)?.[0],
    match: (typed) => {
      const found = line.exec(collapseSpaces(typed))
      if (!found) return undefined
      return Object.fromEntries(
        Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined),
      )
    },
  }
}

/** The names of the slots in a usage, in their order. */
export function slotNamesIn(usage: string): string[] {
  return [...usage.matchAll(/<(\w+)>/g)].map(([, name = '']) => name)
}

/** Single spaces and none at the ends, so that no pattern has to allow for them. */
function collapseSpaces(typed: string): string {
  return typed.replace(/\s+/gu, ' ').trim()
}

function compile(text: string, slots: Slots): string {
  const tokens = text.match(/\[|\]|<\w+>|[^\s[\]]+/g) ?? []
  let source = ''
  let first = true
  const ends: string[] = []
  for (const [at, token] of tokens.entries()) {
    if (token === ']') {
      source += ends.pop() ?? ''
      continue
    }
    if (token === '[') {
      // An option that begins with a plain word takes precedence: "decision [for <project>] <text>".
      // One that begins with a slot gives way to all that may follow it: "[<reason>] [green by <date>]".
      ends.push(tokens[at + 1]?.startsWith('<') ? ')??' : ')?')
      source += first ? '(?:' : '(?:\\s'
      first = true
      continue
    }
    source += (first ? '' : '\\s') + compileToken(token, text, slots)
    first = false
  }
  return source
}

function compileToken(token: string, usage: string, slots: Slots): string {
  const [name] = slotNamesIn(token)
  if (!name) return literal(token)
  const pattern = slots[name]
  if (pattern === undefined) throw new Error(`The usage "${usage}" has no pattern for <${name}>`)
  return `(?<${name}>${pattern})`
}

/** Plain words, in which a hyphen and a space may be typed for each other. */
function literal(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[- ]/g, '[-\\s]')
}
