import type { ChatInput } from '../../../src/chat/request.ts'
import { type Question, questionsOf } from './ask.ts'
import { askings } from './requests.ts'
import type { Things } from './things.ts'

/** A question about one's own programme into which something of another one was put. */
export interface Forgery extends Question {
  /** What was put in: the name of an argument, the place, the message. */
  readonly forged: string
}

/** Each reference of a row's buttons and forms replaced by the other programme's, one at a time, and where it is asked. */
export function forgeriesOf(row: string, own: Things, other: Things): Forgery[] {
  const asking = askings[row]
  if (!asking) throw new Error(`Say in requests.ts how “${row}” is asked.`)
  const others = questionsOf(asking(other))
  return questionsOf(asking(own)).flatMap((question, at) =>
    question.way === 'typed'
      ? [{ ...question, forged: 'channel', at: { ...question.at, place: other.channel } }]
      : [...forgedArguments(question, others[at]?.input), ...forgedMessages(question, other)],
  )
}

function forgedArguments(question: Question, other: ChatInput | undefined): Forgery[] {
  const { input } = question
  if (!('args' in input) || !other || !('args' in other)) return []
  return Object.entries(other.args)
    .filter(([name, value]) => input.args[name] !== value)
    .map(([name, value]) => ({
      ...question,
      forged: name,
      input: { ...input, args: { ...input.args, [name]: value } },
    }))
}

/** As if the button stood in a message of the other programme. */
function forgedMessages(question: Question, { digest, asked }: Things): Forgery[] {
  if (question.way === 'form') return []
  return [
    { ...question, forged: 'digest', at: { ...question.at, message: digest } },
    { ...question, forged: 'private message', at: { ...question.at, message: asked } },
  ]
}
