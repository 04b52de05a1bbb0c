import { addDays, plainDay } from '../../../base/dates.ts'
import { projectAt } from '../project-names.ts'
import { lineReading, question, type Rule } from '../reading.ts'
import { leadingDay, lengthAfter, spokenDay } from '../spoken-dates.ts'

/** What people ask, and small talk. */

/** In characters. Questions and small talk are short; whatever is longer tells of something. */
const longestSaying = 120

/** Whole lines, without their question mark, and the line of the plain grammar. */
const wholeLines: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:what(?:'s| is|s)? due|what is coming up|what's next|coming up|anything due|when is the next milestone|next milestones?)(?: (?:soon|next))?$/,
    'due 14',
  ],
  [
    /^(?:what(?:'s| is|s)? |is |are )?(?:show (?:me )?(?:what is )?)?(?:any(?:thing|one|body)? )?(?:late|overdue|missed|behind)$/,
    'due late',
  ],
  [
    /^(?:what do i owe(?: you)?|what (?:have|do) i (?:got )?(?:have )?to do|what(?:'s| is) (?:mine|on my list)|my (?:projects|updates|list|tasks|work)|(?:show me )?mine|show (?:me )?my projects|what(?:'s| is) outstanding|(?:my |an? )?updates?|what do you need(?: from me)?|(?:do|must|should) i (?:need to |have to )?do anything(?: (?:today|now|this week))?|anything for me(?: to do)?)$/,
    '',
  ],
  [
    /^(?:who (?:has not|hasn't|have not|haven't|did not|didn't) (?:updated|answered|replied|responded|reported)(?: yet)?|who is (?:missing|late|outstanding)|who(?:'s| is) left|who (?:still )?owes(?: (?:an )?updates?)?)$/,
    'round',
  ],
  [
    /^(?:what (?:do|must|should) (?:i|we) (?:need to |have to )?decide|(?:what )?decisions(?: (?:are )?(?:needed|open|for me|due))?|anything to decide)$/,
    'decisions',
  ],
  [
    /^(?:what(?:'s| is| has| have|s)? )?(?:got(?:ten)? worse|worse|worsened|what changed|changed|new)$/,
    'status since the last digest',
  ],
  [
    /^(?:how are we doing|how is (?:it|the programme|everything) (?:going|doing)|where are we|how are things|status of (?:the |our )?programme|programme status|overall|summary|rag|the rag)$/,
    'status',
  ],
  [
    /^(?:undo|undo that|undo (?:the |my )?last(?: change| update| one)?|scrap that|ignore that|delete (?:that|my last update)|oops|take that back|that was wrong|sorry,? wrong|revert|undo last)$/,
    'undo',
  ],
  [
    /^(?:\?+|help me|what can you do|how does this work|commands|i need help|menu|(?:who|what) are you)$/,
    'help',
  ],
  [
    /^how (?:do|can|should) (?:i|we) (?:give |send |do |make )?(?:an? )?update(?: a project| it)?$/,
    'help update',
  ],
  [/^why (?:am i|do i|did i) (?:getting|get|got)(?: this| these| that| it).*$/, 'why'],
  [/^(?:list|show)(?: me)? (?:all(?: (?:the )?projects)?|everything|the projects)$/, 'projects'],
  [/^(?:show|see|open)(?: me)? (?:the |our )?plan$/, 'plan'],
  [
    /^(?:download|send me|give me|export)(?: the| our| my)? (?:plan|spreadsheet|sheet|excel|csv)$/,
    'export',
  ],
  [/^(?:show|preview|see)(?: me)? (?:the |this week's )?digest$/, 'digest'],
  [/^when(?:'s| is)(?: the| our)? next digest$/, 'digest'],
  [/^(?:who am i|what is my id)$/, 'whoami'],
  [/^(?:stop|cancel|end|no more) (?:the |this )?digests?(?: here)?$/, 'digest here stop'],
  [/^(?:(?:what are|show(?: me)?|list|any|top)(?: the| our)? )?risks$/, 'risks'],
  [/^(?:what are|show(?: me)?|list|any)(?: the| our)? issues$/, 'issues'],
  [/^(?:what are|show(?: me)?|list|any)(?: the| our| my)? actions$/, 'actions'],
  [
    /^(?:i'm back|i am back|back (?:from leave|at work|in the office)|(?:cancel|call off|end) my (?:leave|holiday))$/,
    'back',
  ],
]

export const wholeLineRule: Rule = (line) => {
  if (line.length > longestSaying) return undefined
  const text = line.toLowerCase().replace(/(?<![\s?!.])[\s?!.]+$/, '') || line
  const found = wholeLines.find(([pattern]) => pattern.test(text))
  return found && lineReading(found[1])
}

const dueBy =
  /^(?:what(?:'s| is|s)? )?(?:due|coming up) (?:by |to |until |before |in |on )?(?!\d+$)(.+)$/i

/** "due tomorrow", "what's due this week?". */
export const dueRule: Rule = (line, { today }) => {
  const [, said] = dueBy.exec(line.replace(/(?<![?!.])[?!.]+$/, '')) ?? []
  if (said === undefined || /^(?:late$|to\s)/i.test(said)) return undefined
  const [, which] = /^(?:the )?(this|next|coming) week$/i.exec(said) ?? []
  if (which) {
    const friday = spokenDay(
      which.toLowerCase() === 'next' ? 'end of next week' : 'end of this week',
      today,
    )
    return friday && lineReading(`due to ${plainDay(addDays(friday, 2))}`)
  }
  const day = spokenDay(/^this month$/i.test(said) ? 'end of the month' : said, today)
  return day && lineReading(`due to ${plainDay(day)}`)
}

const listOfState =
  /^(?:(?:show|list|give|tell)(?: me)? |what(?:'s| is| are) |any(?:thing)? |how many (?:are )?|which (?:projects )?(?:are )?|why are )?(?:all )?(?:the |our )?(?:projects (?:that are )?)?([\w ]+?)(?: ones| projects)?(?: are there| do we have| have we| and why)?\??$/i

/** "reds", "show me all the reds", "which projects are amber". */
export const stateListRule: Rule = (line, { vocabulary }) => {
  const [, word = ''] = listOfState.exec(line) ?? []
  const said = word.toLowerCase()
  const state = vocabulary.states.get(said.replace(/s$/, '')) ?? vocabulary.states.get(said)
  return state === undefined ? undefined : lineReading(`projects ${state}`)
}

const aboutProject =
  /^(?:(?:show|open|see|display|view)(?: me)?|how(?:'s| is| are)|who (?:owns|leads|is (?:leading|responsible for)|runs)|what about|tell me about|details (?:of|for|on)|status of|where is|what(?:'s| is) (?:happening with|the status of|up with|with)|why is|is|about)\s+(?:project\s+)?(.+?)$/i
const aboutEnd = /^(?:(?:doing|going|getting on|now|today|looking|at|\w+)\s*)?[?!.]*$/i

/** "show 2.1", "how is 2.1 doing?", "who owns 2.1", "why is 1.7 red". */
export const projectQuestionRule: Rule = (line, { vocabulary }) => {
  const [, said] = aboutProject.exec(line.replace(/(?<![?!.])[?!.]+$/, '')) ?? []
  const named = said === undefined ? undefined : projectAt(said, vocabulary)
  return named && aboutEnd.test(named.rest) ? lineReading(named.ref) : undefined
}

const snoozeFor = /^snooze\s+(.+?)\s+for\s+(.+)$/i
const remindLater = /^(?:remind me|ask me|come back|tell me)(?: again)?(?: about| of| on)?\s+(.+)$/i

/** "snooze 2.3 for a week", "remind me about 2.1 tomorrow". */
export const snoozeRule: Rule = (line, { today, vocabulary }) => {
  const [, item, length] = snoozeFor.exec(line) ?? []
  if (item && length) {
    const named = projectAt(item, vocabulary)
    const day = lengthAfter(length, today)
    return (
      named &&
      day &&
      lineReading(
        `snooze ${[named.ref, named.rest].filter(Boolean).join(' ')} until ${plainDay(day)}`,
      )
    )
  }
  const [, about] = remindLater.exec(line) ?? []
  if (about === undefined) return undefined
  const named = projectAt(about, vocabulary)
  if (!named) return undefined
  const when = named.rest.replace(/^(?:on|at|in)\s+/i, '')
  if (/^(?:tomorrow|an hour|next working day)$/i.test(when)) {
    return lineReading(`snooze ${named.ref} ${when.toLowerCase()}`)
  }
  const found = leadingDay(named.rest, today)
  return found && found.rest === ''
    ? lineReading(`snooze ${named.ref} until ${plainDay(found.day)}`)
    : undefined
}

const greetings =
  /^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|morning|afternoon)(?: (?:milepost|there|all|team|bot))?[\s.!]*$/i
const thanks =
  /^(?:(?:(?:many )?thanks(?: a lot| very much| so much)?|thank you(?: very much| so much)?|thx|ta|cheers|great|ok|okay|perfect|brilliant|lovely|got it|will do|noted|no|nope|no thanks|good bot|nice(?: one)?|well done)(?:[\s.!,]+|$))+(?:[\s.!,]|\uFE0F|\p{Extended_Pictographic})*$/iu
const gestureAlone = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\s)+$/u

export const smallTalkRule: Rule = (line) => {
  if (line.length > longestSaying) return undefined
  if (greetings.test(line)) {
    return question('greeting', 'Here is what most people ask me for:', [
      { title: 'My projects', line: '' },
      { title: 'What is due', line: 'due' },
      { title: 'Help', line: 'help' },
    ])
  }
  if (thanks.test(line) || gestureAlone.test(line))
    return question('thanks', 'I am here when you need me.')
  return undefined
}

const nudge = /^(?:nudge|chase|remind|poke)\s+(?!me\b)(.+)$/i

/** One person cannot be nudged: the office is shown what a nudge would reach. */
export const nudgeRule: Rule = (line) => {
  if (!nudge.test(line)) return undefined
  return question(
    'whom',
    'A nudge goes to everybody who owes an update in this round, not to one person. Shall I send it?',
    [
      { title: 'Nudge all of them', line: 'round nudge' },
      { title: 'Who owes one', line: 'round' },
    ],
  )
}
