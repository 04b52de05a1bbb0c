import { fullDate } from '../../base/dates.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { Entry, EntryKind } from '../../domain/register/entry.ts'
import {
  addTitles,
  type DetailContext,
  entryTitle,
  formatDetails,
  formatHeldUp,
  formatReopening,
  kindHeadings,
  kindNouns,
} from '../../domain/register/format.ts'
import { type HeldUpDependency, isOverdue, type Register } from '../../domain/register/rules.ts'
import { registerCard } from './cards.ts'

export interface RegisterViewInput {
  readonly programme: Programme
  readonly register: Register
  readonly heldUp: readonly HeldUpDependency[]
  readonly details: DetailContext
  /** What to do about an entry, by its id: its project was closed, say. */
  readonly notes: ReadonlyMap<string, string>
  /** The kinds to show, in order: one of them in full, several in short. */
  readonly listedKinds: readonly EntryKind[]
  readonly prefix: string
  mayClose(entry: Entry): boolean
  /** What the person may add. */
  readonly addableKinds: readonly EntryKind[]
}

/** How much a card holds: both platforms stay within their limits, also with a button in each row. */
const cardLimits = {
  alone: { rows: 10, text: 500, line: 300 },
  together: { rows: 5, text: 160, line: 120 },
}

export function registerView(viewed: RegisterViewInput): Card {
  const { programme, details, listedKinds, addableKinds } = viewed
  const { asAt } = details
  const [kind, another] = listedKinds
  const heading = kind && !another ? kindHeadings[kind] : 'The register'
  return registerCard({
    heading: `${heading} as at ${fullDate(asAt)}`,
    programme: shorten(programme.title, 200),
    intro: introText(viewed),
    sections: listedKinds.flatMap((each) => sectionOf(viewed, each)),
    buttons: addableKinds.map((each) => ({
      title: addTitles[each],
      verb: `${each}:form`,
      data: { programme: programme.id },
    })),
  })
}

function entriesOf(register: Register, kind: EntryKind): readonly Entry[] {
  switch (kind) {
    case 'risk':
      return register.risks
    case 'issue':
      return register.issues
    case 'action':
      return register.actions
    case 'decision':
      return register.decisions
    case 'dependency':
      return register.dependencies
    case 'headline':
      return register.headlines
  }
}

function introText({ register, heldUp, details, listedKinds }: RegisterViewInput): string {
  const { asAt } = details
  const counts = listedKinds.flatMap((kind) => {
    const { length } = entriesOf(register, kind)
    const [one, many] = kindNouns[kind]
    return length > 0 ? [plural(length, one, many)] : []
  })
  if (counts.length === 0) return 'Nothing is open.'
  const overdueNotes = (['decision', 'action'] as const).flatMap((kind) => {
    const entries = kind === 'decision' ? register.decisions : register.actions
    const overdue = entries.filter((each) => isOverdue(each, asAt)).length
    const [one, many] = kindNouns[kind]
    return overdue > 0 && listedKinds.includes(kind)
      ? [` ${plural(overdue, one, many)} overdue.`]
      : []
  })
  const notes = [
    ...overdueNotes,
    ...(heldUp.length > 0 && listedKinds.includes('dependency')
      ? [` ${plural(heldUp.length, ...kindNouns.dependency)} held up.`]
      : []),
  ]
  return `${listOf(counts)} open.${notes.join('')}`
}

function sectionOf(viewed: RegisterViewInput, kind: EntryKind) {
  const { register, listedKinds, prefix } = viewed
  const entries = entriesOf(register, kind)
  if (entries.length === 0) return []
  const size = listedKinds.length > 1 ? cardLimits.together : cardLimits.alone
  const rest = entries.length - size.rows
  const [, many] = kindNouns[kind]
  const where = listedKinds.length > 1 ? ` Type ${prefix} ${many}.` : ''
  return [
    {
      heading: listedKinds.length > 1 ? kindHeadings[kind] : '',
      rows: entries.slice(0, size.rows).map((entry) => rowOf(viewed, entry, size)),
      more: rest > 0 ? `${rest} more ${rest === 1 ? 'is' : 'are'} not listed.${where}` : '',
    },
  ]
}

function rowOf(viewed: RegisterViewInput, entry: Entry, size: { text: number; line: number }) {
  const { heldUp, prefix, listedKinds } = viewed
  const held = heldUp.find(({ dependency }) => dependency.id === entry.id)
  const note = viewed.notes.get(entry.id)
  const reopened = formatReopening(entry, viewed.details.asAt)
  const details = [
    ...formatDetails(entry, viewed.details),
    ...(reopened ? [reopened] : []),
    ...(note ? [note] : []),
    ...(held ? [formatHeldUp(held.waitsFor, held.state, held)] : []),
  ]
  const text = shorten(entry.text, size.text)
  const lines = details.map((line) => shorten(line, size.line))
  const isCut = text !== entry.text || lines.some((line, at) => line !== details[at])
  const closes = listedKinds.length === 1 && viewed.mayClose(entry)
  return {
    title: entryTitle(entry),
    text,
    lines: isCut ? [...lines, `${prefix} ${entry.kind} ${entry.number} for the whole`] : lines,
    buttons: closes ? [{ title: 'Close', verb: 'close:form', data: { entry: entry.id } }] : [],
  }
}
