import { type CivilDate, fullDate } from '../../base/dates.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import type { Programme } from '../../domain/plan/plan.ts'
import type { Entry, Kind } from '../../domain/register/entry.ts'
import {
  adding,
  detailsOf,
  headings,
  heldUpInWords,
  nouns,
  titleOf,
} from '../../domain/register/format.ts'
import { type HeldUp, isOverdue, type Register } from '../../domain/register/rules.ts'
import type { Scheme } from '../../domain/scheme/schemes.ts'
import { registerCard } from './cards.ts'

export interface RegisterViewed {
  readonly programme: Programme
  readonly register: Register
  readonly heldUp: readonly HeldUp[]
  readonly scheme: Scheme
  readonly asAt: CivilDate
  /** The kinds to show, in order: one of them in full, several in short. */
  readonly listed: readonly Kind[]
  readonly prefix: string
  mayClose(entry: Entry): boolean
  /** What the person may add. */
  readonly addable: readonly Kind[]
}

/** How much a card holds: both platforms stay within their limits, also with a button in each row. */
const most = {
  alone: { rows: 10, text: 500, line: 300 },
  together: { rows: 5, text: 160, line: 120 },
}

export function registerView(viewed: RegisterViewed): Card {
  const { programme, asAt, listed, addable } = viewed
  const [kind, another] = listed
  const heading = kind && !another ? headings[kind] : 'The register'
  return registerCard({
    heading: `${heading} as at ${fullDate(asAt)}`,
    programme: shorten(programme.title, 200),
    intro: introOf(viewed),
    sections: listed.flatMap((each) => sectionOf(viewed, each)),
    buttons: addable.map((each) => ({
      title: adding[each],
      verb: `${each}:form`,
      data: { programme: programme.id },
    })),
  })
}

function entriesOf(register: Register, kind: Kind): readonly Entry[] {
  switch (kind) {
    case 'risk':
      return register.risks
    case 'decision':
      return register.decisions
    case 'dependency':
      return register.dependencies
    case 'headline':
      return register.headlines
  }
}

function introOf({ register, heldUp, asAt, listed }: RegisterViewed): string {
  const counts = listed.flatMap((kind) => {
    const { length } = entriesOf(register, kind)
    const [one, many] = nouns[kind]
    return length > 0 ? [plural(length, one, many)] : []
  })
  if (counts.length === 0) return 'Nothing is open.'
  const overdue = register.decisions.filter((each) => isOverdue(each, asAt)).length
  const notes = [
    ...(overdue > 0 && listed.includes('decision')
      ? [` ${plural(overdue, 'decision')} overdue.`]
      : []),
    ...(heldUp.length > 0 && listed.includes('dependency')
      ? [` ${plural(heldUp.length, ...nouns.dependency)} held up.`]
      : []),
  ]
  return `${listOf(counts)} open.${notes.join('')}`
}

function sectionOf(viewed: RegisterViewed, kind: Kind) {
  const { register, listed, prefix } = viewed
  const entries = entriesOf(register, kind)
  if (entries.length === 0) return []
  const size = listed.length > 1 ? most.together : most.alone
  const rest = entries.length - size.rows
  const [, many] = nouns[kind]
  const where = listed.length > 1 ? ` Type ${prefix} ${many}.` : ''
  return [
    {
      heading: listed.length > 1 ? headings[kind] : '',
      rows: entries.slice(0, size.rows).map((entry) => rowOf(viewed, entry, size)),
      more: rest > 0 ? `${rest} more ${rest === 1 ? 'is' : 'are'} not listed.${where}` : '',
    },
  ]
}

function rowOf(viewed: RegisterViewed, entry: Entry, size: { text: number; line: number }) {
  const { asAt, heldUp, prefix, listed, scheme } = viewed
  const held = heldUp.find(({ dependency }) => dependency.id === entry.id)
  const details = [
    ...detailsOf(entry, asAt, scheme),
    ...(held ? [heldUpInWords(held.waitsFor, held.state, held.missed)] : []),
  ]
  const text = shorten(entry.text, size.text)
  const lines = details.map((line) => shorten(line, size.line))
  const isCut = text !== entry.text || lines.some((line, at) => line !== details[at])
  const closes = listed.length === 1 && viewed.mayClose(entry)
  return {
    title: titleOf(entry),
    text,
    lines: isCut ? [...lines, `${prefix} ${entry.kind} ${entry.number} for the whole`] : lines,
    buttons: closes ? [{ title: 'Close', verb: 'close:form', data: { entry: entry.id } }] : [],
  }
}
