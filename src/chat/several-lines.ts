import { plural, shorten } from '../base/text.ts'
import { expandCard } from './cards.ts'
import { noticeCard } from './notice.ts'
import { renderPlainText } from './plain-text.ts'
import type { ChatRequestHandler } from './port.ts'
import type { Reply } from './reply.ts'
import type { ChatRequest } from './request.ts'

/** A message that says several things: each is done by itself, with a key of its own, and answered in its turn. */

/** More would not be read in one answer. */
const mostThings = 12

/** In characters, of each answer: together they stay within what a message holds. */
const answerLength = 600

export async function answerEach(
  request: ChatRequest,
  things: readonly string[],
  handle: ChatRequestHandler,
): Promise<Reply> {
  if (things.length > mostThings) {
    const text = `That is ${plural(things.length, 'thing')} in one message, and I do ${mostThings} at most. Nothing was saved. Please send them in several messages.`
    return answer('Not saved', [text])
  }
  const lines: string[] = []
  let areRepeats = true
  for (const [at, text] of things.entries()) {
    const reply = await handle({
      ...request,
      key: `${request.key}/${at + 1}`,
      input: { by: 'text', text },
    })
    lines.push(lineOf(text, reply))
    areRepeats &&= reply.isRepeat === true
  }
  return {
    ...answer(`${plural(things.length, 'thing')}, one by one`, lines),
    ...(areRepeats && { isRepeat: true }),
  }
}

function lineOf(text: string, { kind, card }: Reply): string {
  if (kind !== 'answer')
    return `${shorten(text, 80)}: there is more to say. Please send this line by itself.`
  return shorten(renderPlainText(expandCard(card)).replace(/\s*\n\s*/g, ' '), answerLength)
}

const answer = (heading: string, lines: string[]): Reply => ({
  kind: 'answer',
  card: noticeCard({ heading, lines, buttons: [] }),
})
