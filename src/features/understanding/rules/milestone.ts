import { plainDay } from '../../../base/dates.ts'
import { fold, quoted, stripQuotes } from '../../../base/text.ts'
import type { NamedProject } from '../../../domain/plan/vocabulary-store.ts'
import { tooFarText } from '../far-days.ts'
import { milestoneOf, projectAt, projectOf, refOf } from '../project-names.ts'
import { lineReading, question, type Rule, type UnderstandingContext } from '../reading.ts'
import { leadingDay, lengthAfter, spokenDay, trailingDay } from '../spoken-dates.ts'

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

/** "2.1 1 ✅", "✅ 2.1 1". */
const tick = /^(?:✅|✔|☑)\uFE0F?\s|\s(?:✅|✔|☑)\uFE0F?$/u

export const doneRule: Rule = (line, context) => {
  const [, after] = markedDone.exec(line) ?? finishedFirst.exec(line) ?? []
  if (after !== undefined)
    return doneOf(after.replace(/\s+(?:as )?(?:done|complete|finished)$/i, ''), context)
  const ticked = line.replace(tick, '').trim()
  const [, before = ticked === line ? undefined : ticked] = finishedLast.exec(line) ?? []
  const named = before === undefined ? undefined : itemAt(before, context)
  const isState = context.vocabulary.states.has(line.split(' ').at(-1)?.toLowerCase() ?? '')
  const isWhole = named !== undefined && (named.item === '' || wholesale.test(named.item))
  if (named?.project?.milestones.some(({ isOpen }) => isOpen) && isWhole && !isState)
    return doneOf(named.ref, context)
  // "2.1 is complete" may be a state of the programme's own; the plain grammar decides.
  return named && named.item !== '' ? lineReading(`done ${named.ref} ${named.item}`) : undefined
}

/** Each is ticked off by itself. */
const wholesale =
  /^(?:all|all of them|everything|every one|all (?:the )?milestones|last one|the last one)$/i

function doneOf(text: string, context: UnderstandingContext): ReturnType<Rule> {
  const named = itemAt(text, context)
  if (!named) return undefined
  if (named.item !== '' && !wholesale.test(named.item))
    return lineReading(`done ${named.ref} ${named.item}`)
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

const itemWord = /^(?:[\s:,.-]+|(?:milestone|ms|no\.?|number|item|#)\s*(?=\S)|m(?=\d+$))+/i
/** "milestone 1 of 2.1". */
const itemOf =
  /^(?:the )?(?:milestone |ms |item |no\.? ?)?(.+?)(?: milestone)? (?:of|on|in|for) (#?\S*\d\.\S*)(?:\s+(.*))?$/i
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']
/** In words: what one or two words fit is named by the project as well. */
const leastTelling = 3

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
  const [, first = '', ref, after = ''] = itemOf.exec(text) ?? []
  const project =
    ref && refOf(first) !== undefined && /\./.test(first)
      ? undefined
      : projectOf(refOf(ref) ?? '', vocabulary)
  if (project) {
    const nth = ordinals.indexOf(first.toLowerCase()) + 1
    const item = [nth > 0 ? String(nth) : stripQuotes(first), after].filter(Boolean).join(' ')
    return { ref: project.ref, project, item }
  }
  const named = projectAt(text, vocabulary)
  if (!named) return milestoneTextAt(text, context)
  const item = stripQuotes(named.rest.replace(itemWord, '')).trim()
  return { ...named, item }
}

/** A milestone by the words that it begins with, where no other of one's own projects has one that begins so. */
function milestoneTextAt(
  text: string,
  { vocabulary: { projects } }: UnderstandingContext,
): NamedItem | undefined {
  const words = fold(stripQuotes(text)).split(' ')
  for (let count = words.length; count >= leastTelling; count -= 1) {
    const begin = words.slice(0, count).join(' ')
    const found = projects.flatMap((project) =>
      project.milestones.flatMap(({ position, text: own, isOpen }) =>
        project.isMine && isOpen && fold(own).startsWith(begin) ? [{ project, position }] : [],
      ),
    )
    const [only, another] = found
    if (!only) continue
    if (another) return undefined
    const item = [String(only.position), ...stripQuotes(text).split(' ').slice(count)].join(' ')
    return { ref: only.project.ref, project: only.project, item }
  }
  return undefined
}

const moved =
  'move|moved|moves|moving|push|pushed|pushes|slip|slipped|slips|slipping|postpone|postponed|delay|delayed|delaying|change(?: the)? (?:date|due date|deadline)(?: of| for| on)?|put back|bring forward|brought forward|reschedule|rescheduled|re-date|redate|shift|shifted|extend|extended'
const movedFirst = new RegExp(
  `^(?:(?:can|could) (?:we|you|i) (?:please )?)?(?:${moved})(?: back| out)?(?: milestone)?:?\\s+(.+)$`,
  'i',
)
const movedInside = new RegExp(
  `^(.+?)\\s+(?:(?:has|is|will|was|have|been|be)\\s+)*(?:${moved})\\s+(?=(?:to|until|till|by|back|from)\\s)(.+)$`,
  'i',
)
/** "2.1 2 is now due 15 May because late". */
const dueInside =
  /^(?=milestone\b|#?(?:[a-z]\w*\/)?\d)(.+?)\s+(?:is\s+)?(?:now\s+)?(?:due|expected|planned)\s+((?:on\s+|by\s+|for\s+)?\d.*)$/i
const broughtForward = /^(?:bring|brought|pull|pulled)\s+(.+?)\s+(forward\s+(?:by|to|from)\s.+)$/i
const forward = /\b(?:forward|earlier|sooner)\b/i
const becauseAt = /(?<![\s,;:–-])[\s,;:–-]+(?:because of|because|since|as|due to|:|-)\s+/i
const byAt = /\s*(?:back |forward |out )?\b(?:by|for)\s+/i

/** "the deadline for 2.1 2 is now 15 May". */
const deadlineOf = /^(?:the )?(?:due date|deadline|date) (?:for|of) (.+?) is (?:now )?/i

export const moveRule: Rule = (said, context) => {
  const line = said.replace(deadlineOf, '$1 due ')
  const [, after] = movedFirst.exec(line) ?? []
  const inside = broughtForward.exec(line) ?? movedInside.exec(line) ?? dueInside.exec(line)
  const [, subject, target] = after === undefined ? (inside ?? []) : []
  const text = after ?? (subject && target ? `${subject} ${target}` : undefined)
  if (text === undefined) return undefined
  const named = itemAt(text, context)
  if (!named) return undefined
  const [what = '', reason] = splitAt(named.item, becauseAt)
  const why = reason === undefined ? '' : ` because ${reason}`
  const later = movedBy(named, what, why)
  if (later && forward.test(line)) {
    return question('day', 'To which day is it brought forward? Nothing was saved.')
  }
  if (later) return later
  const dated = movedTo(what, context)
  if (dated) {
    const said = why || (dated.reason && ` because ${dated.reason}`)
    return moveReading(named, dated.item, plainDay(dated.day), said)
  }
  const day = what.split(toDay).at(-1)
  return day === undefined || day === what
    ? undefined
    : question(
        'day',
        `${tooFarText(day, context.today) ?? `I could not read ${quoted(day)} as a day.`} Which day is meant? Nothing was saved.`,
      )
}

const toDay = /\s+(?:back |forward |out )?(?:to|until|till)\s+/gi

function movedTo(what: string, { today }: UnderstandingContext) {
  const found = [...` ${what}`.matchAll(toDay)]
  for (const to of found.toReversed()) {
    const day = spokenDay(what.slice(to.index - 1 + to[0].length), today)
    const item = stripQuotes(what.slice(0, Math.max(0, to.index - 1))).trim()
    if (day) return { item, day, reason: '' }
  }
  // "to 15 May, supplier late"
  const [to] = found.toReversed()
  const led = to && leadingDay(what.slice(to.index - 1 + to[0].length).replace(',', ' ,'), today)
  if (to && led) {
    const item = stripQuotes(what.slice(0, Math.max(0, to.index - 1))).trim()
    return { item, day: led.day, reason: led.rest.replace(/^[\s,;:–-]+/, '') }
  }
  const last = found.length > 0 ? undefined : trailingDay(what, today)
  return (
    last && {
      item: stripQuotes(last.rest.replace(/\s+(?:by|on|for|due|now|is)$/i, '')).trim(),
      day: last.day,
      reason: '',
    }
  )
}

/** "2 two weeks later", "2 a fortnight". */
const laterAt =
  /^(.+?)\s+(?:back |out |forward )?(?:by |for )?((?:an?|one|two|three|four|five|six|\d{1,2}) (?:day|week|fortnight|month)s?)(?: later| on| further)?$/i

/** "2 by two weeks": from the day on which it is due now. */
function movedBy(named: NamedItem, what: string, why: string): ReturnType<Rule> {
  const [, plainItem, plainLength] = laterAt.exec(what) ?? []
  const [item = '', length] = plainItem ? [plainItem, plainLength] : splitAt(what, byAt)
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
