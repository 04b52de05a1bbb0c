import { plainDay } from '../../../base/dates.ts'
import { stripQuotes } from '../../../base/text.ts'
import { refOf } from '../project-names.ts'
import { lineReading, question, type Reading, type Rule } from '../reading.ts'
import { trailingDay } from '../spoken-dates.ts'

/** Other ways to say what the plain grammar says about one project, by its number. */

/** In characters. Beyond it, a line tells of something; these are short. */
const longestSaying = 500

interface Rephrasing {
  readonly said: RegExp
  /** From the project's number and what else was said. */
  readonly means: (ref: string, text: string) => Reading
}

const number = '(?<ref>#?(?:[a-z]\\w*\\/)?\\d+(?:\\.\\d+)+)'
const about = '(?: (?:of|for|on|in|to|about|with))?'
const pattern = (text: string) => new RegExp(`^(?:${text.replace('REF', number)})[?!.]*$`, 'i')
const form = (command: string) => (project: string) =>
  ({ kind: 'form', command, args: { project } }) as const
const line = (text: (ref: string, text: string) => string) => (ref: string, more: string) =>
  lineReading(text(ref, more))

const rephrasings: readonly Rephrasing[] = [
  {
    said: pattern(
      "(?:when|what)(?:'s| is| are)?(?: the)?(?: next)?(?: milestones?| deadlines?| dates?)? ?(?:of |for |in )?REF(?: due| next)?",
    ),
    means: line((ref) => ref),
  },
  {
    said: pattern('why (?:did|has|was) REF (?:go|gone|turn|turned|become|got?|slip|slipped).*'),
    means: line((ref) => ref),
  },
  {
    said: pattern(
      "(?:what(?:'s| is) (?:blocking|wrong with|holding up)|when did \\S+ last update|who is the (?:sponsor|owner|lead) (?:of|for|on)|is) REF(?: (?:on track|ok|okay|late|overdue))?",
    ),
    means: line((ref) => ref),
  },
  {
    said: pattern('what (?:did|does) \\S+ (?:say|write|think) (?:about|on|of) REF'),
    means: line((ref) => ref),
  },
  {
    said: pattern(`(?:(?:show )?(?:me )?(?:the )?history|what happened)${about} REF`),
    means: line((ref) => `history ${ref}`),
  },
  {
    said: pattern('(?:snooze|mute|stop (?:reminding|asking|chasing) me about) REF'),
    means: form('snooze'),
  },
  { said: pattern('(?:put|place) REF on hold'), means: form('hold') },
  { said: pattern('pause REF'), means: form('hold') },
  {
    said: pattern('(?:restart|unpause|resume) REF'),
    means: line((ref) => `resume ${ref}`),
  },
  {
    said: pattern(
      '(?:add|new|raise|log|report)(?: an?)?(?: new)? risk(?: (?:to|on|for|in|of|about))? REF[:,]? (?<text>.+)',
    ),
    means: line((ref, text) => `risk ${ref} ${text}`),
  },
  {
    said: pattern('risk (?:to|on|for|in) REF[:,]? (?<text>.+)'),
    means: line((ref, text) => `risk ${ref} ${text}`),
  },
  {
    said: pattern(
      '(?:add|new|raise|log|report)(?: an?)?(?: new)? issue(?: (?:to|on|for|in|of|about))? REF[:,]? (?<text>.+)',
    ),
    means: line((ref, text) => `issue ${ref} ${text}`),
  },
  {
    said: pattern('decision needed (?:on|for|about) REF[:,]? (?<text>.+)'),
    means: line((ref, text) => `decision for ${ref} ${text}`),
  },
  {
    said: pattern(
      '(?:change|set)(?: the)? (?:owner|lead)s?(?: of| for| on)? REF (?:to |as |= ?)?(?<text>.+)',
    ),
    means: line((ref, text) => `set ${ref} leads to ${text}`),
  },
  {
    said: pattern('(?:hand|give|pass) REF (?:over )?to (?<text>.+)'),
    means: line((ref, text) => `set ${ref} leads to ${text}`),
  },
  {
    said: pattern('REF(?: has a)?(?: new)? (?:owner|lead)(?: is|:| =|=)? (?<text>.+)'),
    means: line((ref, text) => `set ${ref} leads to ${text}`),
  },
  {
    said: pattern('(?<text>[^\\d]+?)(?: is)? now (?:leads|owns|leading|lead of|owner of) REF'),
    means: line((ref, text) => `set ${ref} leads to ${text}`),
  },
  {
    said: pattern('(?:delete|cancel|remove) milestone (?<text>\\d{1,2}) (?:of|from|on|in) REF'),
    means: line((ref, text) => `remove milestone ${ref} ${text}`),
  },
  {
    said: pattern('REF(?: milestone)? (?<text>\\d{1,2})(?: is)?(?: now)? at risk'),
    means: line((ref, text) => `flag ${ref} ${text}`),
  },
  {
    said: pattern('risk[:,] (?<text>.+) (?:on|for|to|in) REF'),
    means: line((ref, text) => `risk ${ref} ${text}`),
  },
  {
    said: pattern('issue[:,] (?<text>.+) (?:on|for|with|in) REF'),
    means: line((ref, text) => `issue ${ref} ${text}`),
  },
  {
    said: pattern('decision[:,] (?<text>.+) (?:on|for|in) REF'),
    means: line((ref, text) => `decision for ${ref} ${text}`),
  },
  {
    said: pattern('(?:delete|cancel) milestone REF (?<text>.+)'),
    means: line((ref, text) => `remove milestone ${ref} ${text}`),
  },
]

const newMilestone = pattern(
  '(?:add|new|create)(?: a)?(?: new)? milestone (?:to|for|on|in) REF[:,]? (?<text>.+)',
)

export const rephrasingRule: Rule = (said, { today }) => {
  if (said.length > longestSaying) return undefined
  const milestone = newMilestone.exec(said)?.groups
  if (milestone) {
    const { ref = '', text = '' } = milestone
    const dated = trailingDay(text, today)
    const what = stripQuotes((dated?.rest ?? text).replace(/[\s,;:–-]+(?:due|by|on)?$/i, ''))
    const by = dated ? ` by ${plainDay(dated.day)}` : ''
    return lineReading(`add milestone ${refOf(ref)} ${what}${by}`)
  }
  if (/^(?:yes|yep|yes please|yeah|confirm)[.!]*$/i.test(said)) {
    return question('command', 'Please press Yes under my question: what you type begins anew.')
  }
  for (const { said: words, means } of rephrasings) {
    const { ref = '', text = '' } = words.exec(said)?.groups ?? {}
    const project = refOf(ref)
    if (project !== undefined) return means(project, text)
  }
  return undefined
}
