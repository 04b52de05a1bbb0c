/**
 * What people may type, written once as they would read it in the help: "done <ref> <milestone>".
 * Plain words stand for themselves, <name> for something of theirs, [ ] for what may be left out. A hyphen may be typed
 * as a space: "no-change".
 */
export interface CommandPattern {
  readonly text: string
  /** The named parts of what was typed, or undefined where it does not fit. Never throws. */
  match(typed: string): Record<string, string> | undefined
  /** Its first word, where that is a plain one: enough to know which command was meant. */
  readonly firstWord: string | undefined
}

const anyExceptBecause = '(?:(?!\\sbecause\\s).)'

const linkPattern = '(?:<?[a-z]+://|www\\.)\\S*'

const dayNames =
  'today|tomorrow|next|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?'

/** How each <name> looks. Any other takes as little as it can. */
const slotPatterns: Record<string, string> = {
  project: '[^\\s]*\\d[^\\s]*',
  state: '\\S+',
  days: '\\d+',
  // "2", "2 days", "2 working days".
  workdays: '\\d+(?:\\s(?:working\\s)?days?)?',
  served: 'digest|board',
  weekday: '[a-zA-Z]+',
  time: '\\d{1,2}[:.]\\d{2}',
  // "move 2.1 roll out to schools to 30 Jun because we need to": the last "to" before "because" parts them.
  // "done 2.1 gather evidence evidence https://…": only what looks like a link is one.
  milestone: `(?:(?!\\sevidence\\s${linkPattern}$)${anyExceptBecause})+`,
  link: linkPattern,
  critical: 'critical',
  position: '\\d{1,3}',
  what: 'improvement|done',
  onoff: 'on|off',
  date: `${anyExceptBecause}+?`,
  // "whether money needed from reserves is spent needed from the Cabinet": the last "needed from" parts them.
  whom: '(?:(?!\\sneeded\\sfrom\\s).)+?',
  part: '\\S+',
  audience: 'internal|board|public',
  end: '\\d{1,2}[:.]\\d{2}',
  // "away for Asha Verity 3 Aug to 14 Aug": a name has no figures, and the first day begins with one or is a weekday.
  person: '[^\\d]+?',
  first: `(?:\\d|(?:${dayNames})\\b).*?`,
  policy: '[a-zA-Z]+',
  // What a programme reminds of: the rows of the table that "reminders" shows.
  rule: 'overdue|before|round[-\\s]open|round[-\\s]closing|green[-\\s]by|readings|undated',
  week: '(?:this|next)\\sweek',
  // "snooze 2.1 roll out until Friday": a milestone's words stop where the pause begins.
  item: '(?:(?!\\suntil\\s).)+?',
  pause: 'until\\s.+|(?:for\\s)?an?\\shour|tomorrow|(?:the\\s)?next\\sworking\\sday',
  share: '\\d+(?:\\.\\d+)?\\s?%?',
  whose: 'off|sponsor|assurance',
  check: 'overdue|repeated|path|measure|criteria|child',
  kind: 'risk|decision|dependency|headline',
  // A state of several words, before a project: "risk missed deadline 2.1 …".
  rating: '[^\\s\\d]+(?:\\s[^\\s\\d]+){0,4}?',
  // "3", "#3", and "W17/3" where several programmes have one.
  number: '(?:[^\\s/]+/)?#?\\d+',
  measure: '(?:[^\\s/]+/)?#?\\d+',
  // "kpi 3 NYA" and "kpi 3 41% (tbc)" are values; in "kpi 3 for Q2" one is missing.
  value: '(?!for\\s).+?',
  // Of "care leavers in work 58.6%" and "waiting for a visit 12 days" the end is the figure.
  title: '.*?\\p{L}.*?',
  figure: '[^\\s\\d\\p{L}]{0,2}\\d\\S*(?:\\s\\p{L}+)?',
}

export function compilePattern(text: string): CommandPattern {
  const whole = new RegExp(`^${compile(text)}$`, 'isu')
  return {
    text,
    firstWord: /^[a-z]+/.exec(text)?.[0],
    match: (typed) => {
      const found = whole.exec(collapseSpaces(typed))
      if (!found) return undefined
      return Object.fromEntries(
        Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined),
      )
    },
  }
}

/** Single spaces and no ends, so that a pattern need not think of them. */
function collapseSpaces(typed: string): string {
  return typed.replace(/\s+/gu, ' ').trim()
}

function compile(text: string): string {
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
      // What begins with a word of ours is meant wherever the word stands: "decision [for <project>] <text>".
      // What begins with theirs gives way to all that may follow: "[<reason>] [green by <date>]".
      ends.push(tokens[at + 1]?.startsWith('<') ? ')??' : ')?')
      source += first ? '(?:' : '(?:\\s'
      first = true
      continue
    }
    source += (first ? '' : '\\s') + compileToken(token)
    first = false
  }
  return source
}

function compileToken(token: string): string {
  const name = /^<(\w+)>$/.exec(token)?.[1]
  if (name) return `(?<${name}>${slotPatterns[name] ?? '.+?'})`
  return token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('-', '[-\\s]')
}
