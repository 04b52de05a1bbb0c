import { plainDay } from '../../../base/dates.ts'
import { quoted, stripQuotes } from '../../../base/text.ts'
import type { NamedProject } from '../../../domain/plan/vocabulary-store.ts'
import { milestoneOf, projectAt, projectOf } from '../project-names.ts'
import { lineReading, question, type Rule, type UnderstandingContext } from '../reading.ts'
import { lengthAfter, spokenDay, trailingDay } from '../spoken-dates.ts'

/** Milestones that are finished or move. */

const finished =
  'done|complete|completed|finish|finished|tick off|ticked off|ticked|sign off|signed off|close off|closed off|achieved|achieve|delivered|deliver|met'
const finishedFirst = new RegExp(
  `^(?:mark(?:ed)? |set |i(?:'ve| have)? |we(?:'ve| have)? )?(?:${finished})(?: with)?(?: milestone)?:?\\s+(.+)$`,
  'i',
)
const finishedLast = new RegExp(
  `^(.+?)\\s+(?:(?:is|are|has been|was|now|all|as|=|:|-)\\s+)*(?:${finished})[.!]*$`,
  'i',
)

/** "mark 2.1 1 as done". */
const markedDone = new RegExp(
  `^(?:mark|set|put)\\s+(.+?)\\s+(?:as |to )?(?:${finished})[.!]*$`,
  'i',
)

export const doneRule: Rule = (line, context) => {
  const [, after] = markedDone.exec(line) ?? finishedFirst.exec(line) ?? []
  if (after !== undefined)
    return doneOf(after.replace(/\s+(?:as )?(?:done|complete|finished)$/i, ''), context)
  const [, before] = finishedLast.exec(line) ?? []
  const named = before === undefined ? undefined : itemAt(before, context)
  // "2.1 is complete" may be a state of the programme's own; the plain grammar decides.
  return named && named.item !== '' ? lineReading(`done ${named.ref} ${named.item}`) : undefined
}

function doneOf(text: string, context: UnderstandingContext): ReturnType<Rule> {
  const named = itemAt(text, context)
  if (!named) return undefined
  if (named.item !== '') return lineReading(`done ${named.ref} ${named.item}`)
  return whichMilestone(
    named.ref,
    named.project,
    'is finished',
    (number) => `done ${named.ref} ${number}`,
  )
}

function whichMilestone(
  ref: string,
  project: NamedProject | undefined,
  what: string,
  line: (position: number) => string,
): ReturnType<Rule> {
  const open = project?.milestones.filter(({ isOpen }) => isOpen) ?? []
  const answers = open.slice(0, 8).map(({ position, text }) => ({
    title: `${position} ${text}`,
    line: line(position),
  }))
  return question('milestone', `Which milestone of ${ref} ${what}?`, answers)
}

interface NamedItem {
  readonly ref: string
  readonly project: NamedProject | undefined
  /** What names the milestone: its number or words; empty where the project alone is named. */
  readonly item: string
}

const itemWord = /^(?:[\s:,.-]+|(?:milestone|ms|no\.?|number|item|#)\s*(?=\S))+/i

/** "2.1 milestone 2", "2.1.2", "2.1/2", "2.1 “all pages”", or words of one milestone alone. */
function itemAt(text: string, context: UnderstandingContext): NamedItem | undefined {
  const { vocabulary } = context
  const joined = /^#?(.*\d)[./](\d{1,2})(?:\s+(.*))?$/.exec(text)
  if (joined && !projectOf(text.split(' ')[0] ?? '', vocabulary)) {
    const [, ref = '', item = '', more = ''] = joined
    const project = projectOf(ref, vocabulary)
    if (project && !ref.includes(' '))
      return { ref: project.ref, project, item: [item, more].filter(Boolean).join(' ') }
  }
  const named = projectAt(text, vocabulary)
  if (!named) return undefined
  const item = stripQuotes(named.rest.replace(itemWord, '')).trim()
  return { ...named, item }
}

const moved =
  'move|moved|moves|push|pushed|pushes|slip|slipped|slips|postpone|postponed|delay|delayed|put back|bring forward|brought forward|reschedule|rescheduled|re-date|redate|shift|shifted|extend|extended'
const movedFirst = new RegExp(`^(?:${moved})(?: back| out)?(?: milestone)?:?\\s+(.+)$`, 'i')
const movedInside = new RegExp(
  `^(.+?)\\s+(?:(?:has|is|will|was|have|been|be)\\s+)*(?:${moved})\\s+(?=(?:to|until|till|by|back|from)\\s)(.+)$`,
  'i',
)
const becauseAt = /(?<![\s,;:–-])[\s,;:–-]+(?:because of|because|since|as|due to|:|-)\s+/i
const byAt = /\s*(?:back |forward |out )?\b(?:by|for)\s+/i

export const moveRule: Rule = (line, context) => {
  const [, after] = movedFirst.exec(line) ?? []
  const [, subject, target] = after === undefined ? (movedInside.exec(line) ?? []) : []
  const text = after ?? (subject && target ? `${subject} ${target}` : undefined)
  if (text === undefined) return undefined
  const named = itemAt(text, context)
  if (!named) return undefined
  const [what = '', reason] = splitAt(named.item, becauseAt)
  const why = reason === undefined ? '' : ` because ${reason}`
  const later = movedBy(named, what, why)
  if (later) return later
  const dated = movedTo(what, context)
  if (dated) return moveReading(named, dated.item, plainDay(dated.day), why)
  const day = what.split(toDay).at(-1)
  return day === undefined || day === what
    ? undefined
    : question(
        'day',
        `I could not read ${quoted(day)} as a day. Which day is meant? Nothing was saved.`,
      )
}

const toDay = /\s+(?:back |forward |out )?(?:to|until|till)\s+/gi

function movedTo(what: string, { today }: UnderstandingContext) {
  const found = [...` ${what}`.matchAll(toDay)]
  for (const to of found.toReversed()) {
    const day = spokenDay(what.slice(to.index - 1 + to[0].length), today)
    if (day) return { item: stripQuotes(what.slice(0, Math.max(0, to.index - 1))).trim(), day }
  }
  const last = found.length > 0 ? undefined : trailingDay(what, today)
  return last && { item: stripQuotes(last.rest.replace(/\s+by$/i, '')).trim(), day: last.day }
}

/** "2 by two weeks": from the day on which it is due now. */
function movedBy(named: NamedItem, what: string, why: string): ReturnType<Rule> {
  const [item = '', length] = splitAt(what, byAt)
  const milestone = length === undefined ? undefined : milestoneOf(named.project, item)
  const day = milestone?.due && length && lengthAfter(length, milestone.due)
  return day ? moveReading(named, item, plainDay(day), why) : undefined
}

function moveReading(named: NamedItem, item: string, day: string, why: string): ReturnType<Rule> {
  if (item !== '') return lineReading(`move ${named.ref} ${item} to ${day}${why}`)
  const line = (position: number) => `move ${named.ref} ${position} to ${day}${why}`
  return whichMilestone(named.ref, named.project, `moves to ${day}`, line)
}

function splitAt(text: string, separator: RegExp): readonly [string, string?] {
  const found = separator.exec(text)
  if (!found) return [text]
  return [text.slice(0, found.index), text.slice(found.index + found[0].length)]
}
