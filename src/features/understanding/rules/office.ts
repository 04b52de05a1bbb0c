import { plainDay } from '../../../base/dates.ts'
import { quoted, stripQuotes } from '../../../base/text.ts'
import { projectAt, refOf } from '../project-names.ts'
import { lineReading, question, type Rule, type UnderstandingContext } from '../reading.ts'
import { spokenRange, trailingDay } from '../spoken-dates.ts'

/** Leave, zones, digests and changes of the plan. */

const awayFirst =
  /^(?:(?:i am|i'm|i will be|i'll be|im|book|taking|i am taking|i'm taking)\s+)?(?:away|off(?: sick)?|sick|not in|not available|unavailable|(?:i )?(?:won't|will not) be in|out(?: of (?:the )?office)?|on (?:annual )?(?:leave|holiday)|holiday|leave|annual leave)(?:\s+(from|starting|as of|for|on|between))?\s+(.+)$/i
const coverAt =
  /(?<![\s,;])[\s,;]+(?:(?:and )?(?:my )?(?:deputy|cover|covered by|covering|stand-?in)(?: is| will be|:)?)\s+(.+)$/i

/** "…, Tom is my cover", "…, Tom covers". */
const coverIs =
  /[,;]\s*(?:and )?([^,;]+?) (?:(?:is|will be) (?:my )?(?:cover|deputy|covering|covering for me)|covers(?: for me)?)$/i
/** Days, and no name: "away for Asha Verity 3 Aug" is plain. */
const daysAhead =
  /^(?:\d|from\b|until\b|till\b|today\b|tomorrow\b|next\b|this\b|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|w\/?c\b|week\b)/i

export const leaveRule: Rule = (line, context) => {
  const [, preposition = '', said] = awayFirst.exec(line.replace(/[.!]+$/, '')) ?? []
  if (said === undefined) return undefined
  const cover = coverAt.exec(said) ?? coverIs.exec(said)
  const days = (cover ? said.slice(0, cover.index) : said).replace(/,? inclusive$/i, '')
  const range = spokenRange(days, context.today)
  if (!range) {
    if (!daysAhead.test(days)) return undefined
    const text = `I could not read ${quoted(days)} as days. From which day to which are you away? Nothing was saved.`
    return question('day', text)
  }
  // "from tomorrow" has no end; one day of it would be half of what was said.
  if (/^(?:from|starting|as of)$/i.test(preposition) && range.to === range.from) {
    const day = plainDay(range.from)
    return question('day', `Until which day are you away from ${day}? Nothing was saved.`, [
      { title: `That day alone`, line: `away ${day}` },
    ])
  }
  const to = range.to === range.from ? '' : ` to ${plainDay(range.to)}`
  const deputy = cover?.[1] ? ` deputy ${wholeName(cover[1], context)}` : ''
  return lineReading(`away ${plainDay(range.from)}${to}${deputy}`)
}

/** "Tom" is Tom Quill where he is the only one. */
function wholeName(said: string, { vocabulary }: UnderstandingContext): string {
  const words = said.trim().toLowerCase().split(' ')
  const found = vocabulary.people.filter((name) => {
    const parts = name.toLowerCase().split(' ')
    return words.every((word) => parts.includes(word))
  })
  return found.length === 1 ? (found[0] ?? said) : said.trim()
}

/** Abbreviations have several meanings; each with the places that are most likely meant. */
const zones: Readonly<Record<string, readonly string[]>> = {
  ...{ bst: ['Europe/London'], gmt: ['Europe/London'], uk: ['Europe/London'] },
  ...{ utc: ['Europe/London'], wet: ['Europe/Lisbon'], west: ['Europe/Lisbon'] },
  ...{ cet: ['Europe/Paris'], cest: ['Europe/Paris'], eet: ['Europe/Athens'] },
  ...{ eest: ['Europe/Athens'], msk: ['Europe/Moscow'], jst: ['Asia/Tokyo'] },
  ...{ est: ['America/New_York'], edt: ['America/New_York'], et: ['America/New_York'] },
  ...{ cst: ['America/Chicago', 'Asia/Shanghai'], cdt: ['America/Chicago'] },
  ...{ mst: ['America/Denver'], mdt: ['America/Denver'], pt: ['America/Los_Angeles'] },
  ...{ pst: ['America/Los_Angeles'], pdt: ['America/Los_Angeles'] },
  ...{ ist: ['Europe/Dublin', 'Asia/Kolkata'], aest: ['Australia/Sydney'] },
  ...{ aedt: ['Australia/Sydney'], sast: ['Africa/Johannesburg'], nzst: ['Pacific/Auckland'] },
}

export const zoneRule: Rule = (line) => {
  const [, said = ''] =
    /^(?:(?:set |change )?(?:my )?(?:time ?)?zone)(?: is now| to| is)?\s+(\w+)(?: time)?$/i.exec(
      line,
    ) ?? []
  const places = zones[said.toLowerCase()]
  return (
    places &&
    question(
      'zone',
      `${said.toUpperCase()} stands for more than one clock, and some keep it for half the year. Which place do you mean? Nothing was saved.`,
      places.map((place) => ({ title: place, line: `zone ${place}` })),
    )
  )
}

const weeklyDigest =
  /^(?:(?:post|send|put) )?(?:the |a )?digest(?: here)?(?: weekly)?,? (?:every|each|on)? ?(mon|tues?|wednes|thurs?|fri|satur|sun)days?(?: at)? (\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$/i

export const digestRule: Rule = (line) => {
  const [, day, hours, minutes = '00', half = ''] = weeklyDigest.exec(line) ?? []
  if (!day || !hours) return undefined
  const hour = (Number(hours) % (half ? 12 : 24)) + (half.toLowerCase() === 'pm' ? 12 : 0)
  const weekday = `${day
    .toLowerCase()
    .replace(/^tue$/, 'tues')
    .replace(/^thur?$/, 'thurs')}day`
  return lineReading(`digest here weekly ${weekday} ${String(hour).padStart(2, '0')}:${minutes}`)
}

/** "add milestone 2.1 Pages ready on site B2" is plain: its project stands in front. */
const newMilestone =
  /^(?:add|new|create)(?: a)?(?: new)? milestone:? (?!#?(?:\w+\/)?\d+(?:\.\d+)+ )(.+?) (?:to|for|in|on) (#?\S*\d\S*)(?: (.*))?$/i
const newProject = /^(?:add|new|create)(?: a)?(?: new)? project:? (.+)$/i
const leadOf =
  /^(?:make|set|appoint) (.+?) (?:as |to )?(?:be )?(?:the )?(?:new )?(?:lead|owner) (?:of|for|on) (.+)$/i
const leadTo = /^(?:assign|give|hand) (#?\S*\d\S*) to (.+)$/i
const rename = /^(?:rename|retitle) (?:project )?(.+)$/i

export const planRule: Rule = (line, context) => {
  const { vocabulary, today } = context
  const [, text, at, more = ''] = newMilestone.exec(line) ?? []
  const ref = refOf(at)
  if (text && ref) {
    const dated = trailingDay(more, today)
    const by = dated ? ` by ${plainDay(dated.day)}` : more && ` ${more}`
    return lineReading(`add milestone ${ref} ${stripQuotes(text)}${by}`)
  }
  const [, person, project] = leadOf.exec(line) ?? []
  const [, given, to] = leadTo.exec(line) ?? []
  const led = projectAt(project ?? given ?? '', vocabulary)
  const lead = person ?? to
  if (led && led.rest === '' && lead) {
    return lineReading(`set ${led.ref} leads to ${wholeName(lead, context)}`)
  }
  const [, renamed] = rename.exec(line) ?? []
  const named = renamed ? projectAt(renamed, vocabulary) : undefined
  const title = named?.rest.replace(/^(?:to|as|=|:|-)\s+/i, '')
  if (named && title) return lineReading(`set ${named.ref} title to ${stripQuotes(title)}`)
  const [, added] = newProject.exec(line) ?? []
  return added ? newProjectReading(added) : undefined
}

/** "2.8 Staff survey": the number says the workstream. */
function newProjectReading(said: string): ReturnType<Rule> {
  const [first, ...words] = said.split(' ')
  const ref = refOf(first)
  const workstream = ref?.split('.').slice(0, -1).join('.')
  if (!ref || !workstream || words.length === 0) return undefined
  return lineReading(`add project ${stripQuotes(words.join(' '))} to ${workstream} as ${ref}`)
}
