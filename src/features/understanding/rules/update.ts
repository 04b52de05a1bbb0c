import type { CivilDate } from '../../../base/dates.ts'
import { plainDay } from '../../../base/dates.ts'
import { capitalised, nearest, quoted } from '../../../base/text.ts'
import { projectAt } from '../project-names.ts'
import {
  lineReading,
  question,
  type Rule,
  type UnderstandingContext,
  type Vocabulary,
} from '../reading.ts'
import { leadingDay, trailingDay } from '../spoken-dates.ts'

/** How a project stands, said in one's own words: "set 2.1 to red because …, back to green by end of March". */

const verb =
  /^(?:set|mark|put|update|make|rate|change|turn|move|flag|upgrade|downgrade|switch|take|bring)\s+(?:project\s+)?/i
const link =
  /^(?:(?:is|are|to|as|at|now|currently|still|back|status|rag|goes|going|went|gone|has|have|moves|moved|turned|turns|slipped|slipping|dropped|fell|fallen|improved|returned|become|became|downgraded|upgraded|stays|remains|looks|-|–|—|→|->)\s+|(?:status|rag)?[:=]\s*)+/i
const connector =
  /^(?:[\s,.;:–—-]+|reason(?:\s+is\s+|\s*[:=]\s*)|(?:because of|because|since(?! (?:the )?\d)|as|due to|cos|bc)\s+|(?:please|pls|thanks)(?=[\s,;:–—-])|&\s+)+/i
/** "I think 2.1 is green", "status of 2.1: green", "[2.1] green". */
const opening =
  /^(?:(?:i think|i believe|i'd say|i would say|fyi|status|the status|rag)(?: that| of| for| on)?[,:]? +)+(?=\S)/i
const aroundNumber = /^[[(](#?[\w/]*\d[\w.]*)[\])]/
/** "2.1/green", "2.1-green", "2.1 (green)". */
const joinedColour = /^(#?(?:[a-z]\w*\/)?\d+(?:\.\d+)*)\s*[-/(]\s*(red|amber|green|blue)\b\)?/i
const onProject = /^(?:for|on|-|:)\s+/i

/** "update for 2.1", "2.1 update". */
const updateOf = /^(?:(?:an? |my )?update (?:for|on|of|to) |(?=.* update$))(.+?)(?: update)?$/i

export const updateRule: Rule = (line, context) => {
  const { vocabulary } = context
  const plain = line.replace(opening, '').replace(aroundNumber, '$1').replace(joinedColour, '$1 $2')
  const said = plain.replace(verb, '')
  const hasVerb = said !== plain
  const [, asked] = updateOf.exec(line) ?? []
  const form = asked === undefined ? undefined : projectAt(asked, vocabulary)
  if (form?.rest === '') return { kind: 'form', command: 'update', args: { project: form.ref } }
  const named = projectAt(said.replace(/^project\s+(?=#?\d)/i, ''), vocabulary)
  if (!named) return stateFirst(said, context)
  const { ref, rest } = named
  if (rest === '') {
    if (!hasVerb) return lineReading(ref)
    return /^update\s/i.test(line)
      ? { kind: 'form', command: 'update', args: { project: ref } }
      : undefined
  }
  if (onTrack.test(rest)) return whetherGreen(ref)
  if (offTrack.test(rest)) return whichColour(ref, rest.replace(offTrack, ''), context)
  const stated = rest.replace(link, '')
  const [state, after] = stateAt(stated, vocabulary) ?? []
  if (state !== undefined && after !== undefined) return readUpdate(ref, state, after, context)
  return misspeltState(ref, stated, context)
}

/** "2.1 is back on track", "2.1 off track because …": a colour is meant, and each programme says which. */
const onTrack = /^(?:(?:is|now|back|still)\s+)*on track(?: again)?[\s.!]*$/i
const offTrack = /^(?:(?:is|now|has gone|gone|going)\s+)*off track\b[\s,:;–-]*/i

function whetherGreen(ref: string): ReturnType<Rule> {
  return question('state', `Is ${ref} Green? Nothing was saved.`, [
    { title: 'Green', line: `${ref} green` },
  ])
}

function whichColour(ref: string, said: string, context: UnderstandingContext): ReturnType<Rule> {
  const answers = ['amber', 'red'].flatMap((state) => {
    const meant = readUpdate(ref, state, said, context)
    return meant?.kind === 'line' ? [{ title: capitalised(state), line: meant.line }] : []
  })
  return question('state', `Which is ${ref} now? Nothing was saved.`, answers)
}

/** In letters: shorter words are near to too many others. */
const leastMisspelt = 4

/** "2.1 ambr supplier late": asked, with the line as it would then be. */
function misspeltState(
  ref: string,
  stated: string,
  context: UnderstandingContext,
): ReturnType<Rule> {
  const [word = '', ...rest] = stated.split(' ')
  const words = [...context.vocabulary.states.keys()].filter(
    ({ length }) => length >= leastMisspelt,
  )
  const near = word.length < leastMisspelt ? undefined : nearest(word, words)
  const state = near === undefined ? undefined : context.vocabulary.states.get(near)
  if (state === undefined) return undefined
  const meant = readUpdate(ref, state, rest.join(' '), context)
  if (meant?.kind !== 'line') return meant
  return question(
    'state',
    `I do not know ${quoted(word)}. Did you mean ${quoted(state)}? Nothing was saved.`,
    [{ title: capitalised(state), line: meant.line }],
  )
}

/** "green 2.1", "amber for practice standards because …". */
const stateFirst: Rule = (line, context) => {
  const [state, after] = stateAt(line, context.vocabulary) ?? []
  if (state === undefined || after === undefined) return undefined
  const named = projectAt(after.replace(onProject, ''), context.vocabulary)
  return named && readUpdate(named.ref, state, named.rest, context)
}

const marksAtEnd = /(?<![\s.,;:!])[\s.,;:!]+$/
/** Emoji and their Slack names that say nothing: 👍, :thumbsup:. */
const gesture = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|:[a-z0-9_+-]+:|[\s.!])+$/u

const sayingNothing = /^(?:now|again|today|still|too|as well)[\s.!]*$/i

/** The state that a text begins with, in the plain grammar's word, and what follows. */
function stateAt(text: string, { states }: Vocabulary): readonly [string, string] | undefined {
  const words = text.split(' ')
  for (const count of [3, 2, 1]) {
    if (words.length < count) continue
    const said = words.slice(0, count).join(' ')
    const state = states.get(said.toLowerCase().replace(marksAtEnd, ''))
    if (state !== undefined) return [state, words.slice(count).join(' ')]
  }
  return undefined
}

/** The plain grammar's own ends, which stay at the end. */
const plainTail = /(?:\s+for (?:public|board|internal) only)?(?:\s+words are fine because\s.*)?$/i

/** What introduces the day on which it is Green again. */
const backToGreen =
  /(?:^|(?<![\s,.;:(–—-])[\s,.;:(–—-]+)(?:(?:and|but|i|we|is|will|should|expected|expect|expecting|eta|target|hope|hoping|aim|aiming|back|returns?|returning|go|going|get|getting|it|for|to|be)\s+)*(?:green|on track)(?:\s+again)?\s+(?=(?:by|in|on|before|at|from|around)\s|\d{1,2}(?:st|nd|rd|th)?(?:[/.]\d|\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))/i
const pathToGreen =
  /(?:^|(?<![\s,.;:–—-])[\s,.;:–—-]+)(?:the )?(?:path|way|route)(?: back)? to green(?: is)?[:,\s–-]+/i

function readUpdate(
  ref: string,
  state: string,
  said: string,
  { today }: UnderstandingContext,
): ReturnType<Rule> {
  const [tail = ''] = plainTail.exec(said) ?? []
  const rest =
    gesture.test(said) || sayingNothing.test(said)
      ? ''
      : said.slice(0, said.length - tail.length).replace(connector, '')
  if (isOnlyDay(rest, today)) return whetherGreenNow(ref, state, rest)
  const pathAt = pathToGreen.exec(rest)
  if (pathAt) {
    const reason = tidy(rest.slice(0, pathAt.index))
    const way = readPath(rest.slice(pathAt.index + pathAt[0].length), today)
    return lineReading(joined(ref, state, reason, way, tail.trim()))
  }
  const greenAt = backToGreen.exec(rest)
  if (!greenAt) return lineReading(joined(ref, state, tidy(rest), tail.trim()))
  const before = tidy(rest.slice(0, greenAt.index))
  const dayText = rest.slice(greenAt.index + greenAt[0].length)
  const found = leadingDay(
    dayText.replace(/^(?:by|on|before|at|from|around)\s+/i, '').replace(/\)[\s.]*$/, ''),
    today,
  )
  if (!found) {
    return question(
      'day',
      `I could not read ${quoted(dayText)} as a day. By which day is ${ref} Green again? Nothing was saved.`,
    )
  }
  const reason = [before, tidy(found.rest.replace(connector, ''))].filter(Boolean).join(', ')
  return lineReading(joined(ref, state, reason, `green by ${plainDay(found.day)}`, tail.trim()))
}

/** "2.1 green by 30 April": how it will stand, or stood; the words say nothing of today. */
function isOnlyDay(rest: string, today: CivilDate): boolean {
  const [, day] = /^(?:by|before|from|in|on|until|since)\s+(.+)$/i.exec(rest) ?? []
  return day !== undefined && leadingDay(day, today)?.rest.trim() === ''
}

function whetherGreenNow(ref: string, state: string, day: string): ReturnType<Rule> {
  const title = `${capitalised(state)} now`
  return question(
    'state',
    `Is ${ref} ${capitalised(state)} now, or only ${day}? Say how it stands today. Nothing was saved.`,
    [{ title, line: `${ref} ${state}` }],
  )
}

/** "second supplier by 30 April", "second supplier, green by 30 April". */
function readPath(said: string, today: CivilDate): string {
  const dated = trailingDay(said, today)
  const way = (dated?.rest ?? said).replace(
    /(?<![\s,;:–-])[\s,;:–-]+(?:green(?: by| on| before)?|by|on|before)$/i,
    '',
  )
  return joined('path to green', tidy(way), dated ? `green by ${plainDay(dated.day)}` : '')
}

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ')

/** Without the commas and dashes that joined a clause to the next. */
const tidy = (text: string) =>
  text.replace(/^[\s,;:–—-]+|(?<![\s,;:–—-])[\s,;:–—-]+$/g, '').replace(/^because\s+/i, '')

/** "2.1 same as last week", "no change on any of mine". */
const unchanged =
  '(?:no change|no changes|no-change|unchanged|same as (?:last week|before|last time)|the same|as before|as last week|nothing(?:.s)? (?:new|to report|changed|has changed)|same again|ditto|no movement|steady|no updates?|no news|nothing to add)'
const everything =
  '(?:all|everything|any(?: of (?:mine|them|my projects))?|all of (?:mine|them)|(?:all )?(?:of )?my projects|mine)'
const unchangedFirst = new RegExp(
  `^(?:still )?${unchanged}(?:\\s+(?:on|for|to|in|with|at|about))?\\s+(.+)$`,
  'i',
)
const unchangedLast = new RegExp(
  `^(?:(?:is|has|stays|remains|still|:|-|–)\\s+)*${unchanged}[.!]*$`,
  'i',
)
const allOf = new RegExp(`^${everything}[.!]*$`, 'i')
const allFirst = new RegExp(`^${everything}\\s+(?:(?:are|is|stay)\\s+)?${unchanged}[.!]*$`, 'i')

export const noChangeRule: Rule = (line, { vocabulary }) => {
  if (allFirst.test(line)) return lineReading('no change all')
  if (unchangedLast.test(line)) return whichUnchanged(vocabulary)
  const [, of = ''] = unchangedFirst.exec(line) ?? []
  if (of !== '') {
    if (allOf.test(of)) return lineReading('no change all')
    const named = projectAt(of, vocabulary)
    return named && named.rest === '' ? lineReading(`no change ${named.ref}`) : undefined
  }
  const named = projectAt(line, vocabulary)
  return named && unchangedLast.test(named.rest) ? lineReading(`no change ${named.ref}`) : undefined
}

function whichUnchanged({ projects }: Vocabulary): ReturnType<Rule> {
  const mine = projects.filter(({ isMine }) => isMine)
  const answers = mine
    .slice(0, 8)
    .map(({ ref, title }) => ({ title: `${ref} ${title}`, line: `no change ${ref}` }))
  const all = mine.length > 1 ? [{ title: 'All of them', line: 'no change all' }] : []
  return question('project', 'Which of your projects has not changed?', [...answers, ...all])
}
