import { fullDate, isCivilDate } from '../../../base/dates.ts'
import { capitalised, plural, quoted, shorten } from '../../../base/text.ts'
import { kindNouns } from '../../../domain/register/format.ts'
import { type Scheme, stateByKey } from '../../../domain/scheme/schemes.ts'
import {
  type EntryChange,
  isOfRegister,
  type MissingItem,
  type PlanAddition,
  type PlanChange,
  type PlanDiff,
} from '../diff-types.ts'
import { entryFieldTitles, isEntryChange } from '../registers/diff-register.ts'

/** What an import would change, in words: a line for each thing. */

export interface EffectLines {
  readonly addedToPlan: readonly string[]
  readonly addedToRegister: readonly string[]
  readonly changed: readonly string[]
  /** In the plan, and not in the sheet. */
  readonly absent: readonly string[]
}

export function effectLines(difference: PlanDiff, scheme: Scheme): EffectLines {
  return {
    addedToPlan: difference.added.filter((one) => !isOfRegister(one)).map(additionLine),
    addedToRegister: difference.added.filter(isOfRegister).map(additionLine),
    changed: difference.changed.map((change) => changeLine(change, scheme)),
    absent: difference.missing.map(absentLine),
  }
}

/** Actions are long; their beginning identifies them. */
const titled = (ref: string, title: string) => [ref, shorten(title.trim(), 80)].join(' ').trim()

function additionLine(one: PlanAddition): string {
  if (one.what === 'reading') {
    const period = one.reading.period ?? fullDate(one.reading.forDay)
    return `Reading ${quoted(one.reading.raw)} for ${period}: ${quoted(one.title)}`
  }
  const of = one.what === 'milestone' ? `Milestone of ${one.ref}:` : capitalised(one.what)
  const title = one.what === 'milestone' ? titled('', one.title) : titled(one.ref, one.title)
  const due = one.what === 'milestone' ? `, ${dueText(one.milestone.due)}` : ''
  return `${of} ${title}${due}`
}

const dueText = (due: string | null) =>
  due && isCivilDate(due) ? `due ${fullDate(due)}` : 'no date'

function changeLine(change: PlanChange, scheme: Scheme): string {
  const { what, ref, field } = change
  if (isEntryChange(change)) return entryChangeLine(change)
  const value = (text: string | null) => valueText(field, text, scheme)
  const of = change.title === undefined ? '' : ` ${quoted(shorten(change.title, 60))}`
  if (field === 'number') return `${capitalised(what)} ${change.from}${of} is now ${change.to}`
  return `${capitalised(what)} ${ref}${of}: ${fieldTitle(field)} was ${value(change.from)}, becomes ${value(change.to)}`
}

function entryChangeLine({ what, ref, field, title, from, to }: EntryChange): string {
  const value = (text: string | null) =>
    text === null ? 'none' : isCivilDate(text) ? fullDate(text) : quoted(shorten(text, 80))
  const of = `${capitalised(what)} ${ref} ${quoted(shorten(title, 60))}`
  if (field === 'end') return `${of}: was ${from}, becomes ${to}`
  return `${of}: ${entryFieldTitles[field]} was ${value(from)}, becomes ${value(to)}`
}

const fieldTitles: Readonly<Record<string, string>> = {
  about: 'the text, taken for the same,',
  due: 'the day',
  done: 'done on',
  state: 'the state',
  baselineState: 'the baseline’s state',
  targetOn: 'the target’s day',
  nextDue: 'next due',
  workstreamRef: 'the workstream',
}

const fieldTitle = (field: string) => fieldTitles[field] ?? field

function valueText(field: string, text: string | null, scheme: Scheme): string {
  if (field === 'state' || field === 'baselineState') {
    return stateByKey(scheme, text ?? '').label
  }
  if (!text) return 'none'
  return isCivilDate(text) ? fullDate(text) : quoted(text)
}

const absentLine = ({ what, ref, title }: MissingItem) =>
  what === 'milestone'
    ? `Milestone of ${ref}: ${titled('', title)}`
    : `${capitalised(what)} ${titled(ref, title)}`

const manyOf = (what: string) => (what === 'dependency' ? kindNouns.dependency[1] : `${what}s`)

/** "2 workstreams, 47 projects, 94 milestones"; '' for nothing. */
export function countByKind(items: readonly { readonly what: string }[]): string {
  return [...Map.groupBy(items, ({ what }) => what)]
    .map(([what, group]) => plural(group.length, what, manyOf(what)))
    .join(', ')
}
