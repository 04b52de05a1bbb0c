import { addDays, type CivilDate, fullDate, lastDayOfMonth, monthOf } from '../../base/dates.ts'
import { collapseWhitespace } from '../../base/text.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'

/**
 * What of a reading was not said in so many words. The line is drawn by what would be saved: each number, day, name and
 * reason in it must stand in what was typed, and its verb or a word that means the same. How it is spelt, in which order
 * number and colour come, and what fills the gaps ("is", "please") changes nothing, and is not asked about.
 */
export type Inference = 'project' | 'day' | 'person' | 'reason' | 'several' | 'meaning' | 'channel'

/** A line of the plain grammar with what the grammar read in it. */
export interface MeantLine {
  readonly line: string
  readonly command: string
  readonly args: Readonly<Record<string, unknown>>
}

/** @param said without what the platform and manners put around it */
export function inferencesIn(said: string, meant: MeantLine, today: CivilDate): Inference[] {
  const words = collapseWhitespace(said.toLowerCase())
  if (words === meant.line.toLowerCase() && !mayTellOfSeveral(words, meant)) return []
  const checks: readonly (readonly [Inference, boolean])[] = [
    ['project', isProjectSaid(words, argOf(meant, 'project'))],
    ['day', daysIn(meant.line, today).every((day) => isDaySaid(words, day, today))],
    ['person', areWordsSaid(words, argOf(meant, 'deputy')) && areLeadsSaid(words, meant)],
    ['reason', isReasonSaid(words, meant)],
    ['several', !mayTellOfSeveral(words, meant)],
    ['meaning', isVerbSaid(words, meant)],
    ['channel', !/^digest-(?:here|stop)$/.test(meant.command) || /\bhere\b/.test(words)],
  ]
  return checks.flatMap(([inference, isSaid]) => (isSaid ? [] : [inference]))
}

const argOf = ({ args }: MeantLine, name: string): string =>
  typeof args[name] === 'string' ? args[name].toLowerCase() : ''

/** "2.1" in "#2.1:" and in "2.1.2", which names its second milestone; not in "12.1" or "2.10". */
function isProjectSaid(words: string, ref: string): boolean {
  if (ref === '') return true
  const number = ref.split('/').at(-1) ?? ref
  return (
    words.split(/[^\w.]+/).some((word) => word === number || word.startsWith(`${number}.`)) ||
    words.includes(`${number}/`)
  )
}

/** Days as readings write them. */
const plainDays = /\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b/g

function daysIn(line: string, today: CivilDate): CivilDate[] {
  return [...line.matchAll(plainDays)].flatMap(([day]) => readDate(day, today) ?? [])
}

/** With the weekday, so that whoever meant another day sees it. */
export function withFullDays(line: string, today: CivilDate): string {
  return line.replace(plainDays, (day) => {
    const read = readDate(day, today)
    return read ? fullDate(read) : day
  })
}

/**
 * By its number and month, or a month alone for its last day, as plans write deadlines; "tomorrow" is one day alone.
 * "Next Friday" and "in three weeks" are counted, and people count differently.
 */
function isDaySaid(words: string, day: CivilDate, today: CivilDate): boolean {
  if (words.includes(day)) return true
  if (/\btoday\b/.test(words) && day === today) return true
  if (/\btomorrow\b/.test(words) && day === addDays(today, 1)) return true
  const [month, number] = [monthOf(day), Number(day.slice(8))]
  if (new RegExp(`(?<!\\d)0?${number}[./-]0?${month}(?!\\d)`).test(words)) return true
  const isNumberSaid = new RegExp(`(?<![\\d.])0?${number}(?:st|nd|rd|th)?(?![\\d.]*\\d)`).test(
    words,
  )
  const name = fullDate(day).split(' ')[2]?.toLowerCase()
  const isMonthSaid = new RegExp(`(?<![a-z])${name}`).test(words)
  return isMonthSaid && (isNumberSaid || day === lastDayOfMonth(day))
}

const areWordsSaid = (words: string, names: string): boolean =>
  names.split(' ').every((name) => words.includes(name))

const areLeadsSaid = (words: string, meant: MeantLine): boolean =>
  argOf(meant, 'attribute') !== 'leads' || areWordsSaid(words, argOf(meant, 'value'))

/** In one piece, and before the day: words gathered from both sides of it may have been about something else. */
function isReasonSaid(words: string, meant: MeantLine): boolean {
  const reason = argOf(meant, 'reason')
  if (!words.includes(reason) || !words.includes(argOf(meant, 'path'))) return false
  const isLast = reason !== '' && words.replace(/(?<![\s.!])[\s.!]+$/, '').endsWith(reason)
  return !(isLast && meant.command === 'update' && argOf(meant, 'date') !== '')
}

/** "2.1 green, 2.2 no change": another project, after what joins two things, is hardly why the first is Green. */
const anotherThing =
  /(?:^|[,;:&]|\b(?:and|but|or)\b)\s*(?:(?:no change|done|move|update|set)\s+(?:on |to |for )?)?#?\d+\.\d+\s*(?:\b(?:is|are|now|to|too|also|as well|no change|unchanged|done|red|amber|green|blue|\d{1,2})\b|$)/
/** "amber 2.1, 2.2 supplier late". */
const severalNumbers = /\d+\.\d+\s*(?:,|&|\band\b)\s*#?\d+\.\d+/

const mayTellOfSeveral = (words: string, meant: MeantLine): boolean => {
  if (meant.command !== 'update') return false
  const reason = argOf(meant, 'reason').replace(/^(?:done|no change|move) (?=#?\d+\.)/, ', $&')
  return anotherThing.test(reason) || severalNumbers.test(words)
}

/** Words that mean what the verb of the plain grammar means; another one is asked about. */
const sameMeaning: Readonly<Record<string, RegExp>> = {
  'no-change':
    /\bno[ -]changes?\b|\bunchanged\b|\bsame\b|\bnothing(?:'s| has)? changed\b|\bas before\b|\bas last\b/,
  done: /\b(?:done|completed?|finish(?:ed)?|tick(?:ed)?|achieved?|delivered?)\b|✅|✔/u,
  back: /\bback\b/,
  move: /\b(?:mov|push|slip|postpon|delay|shift|extend|re-?dat|re-?schedul)\w*|\bput back\b|\bforward\b/,
  undo: /\bundo\b|\brevert\b|\btake (?:that|it) back\b/,
}
/** Where they begin a line about a colour: "flag 2.1 red" may be about a milestone, and what looks so may not be so. */
const otherMeaning = /^(?:flag|i think|i believe|i'd say|i would say)\b|\blooks\b/

function isVerbSaid(words: string, meant: MeantLine): boolean {
  const { command } = meant
  if (command === 'update') return !otherMeaning.test(words.split(argOf(meant, 'state'))[0] ?? '')
  // Whoever is made lead of a project takes the place of all who lead it.
  if (command === 'set' && argOf(meant, 'attribute') === 'leads') return words.startsWith('set ')
  return sameMeaning[command]?.test(words) ?? true
}
