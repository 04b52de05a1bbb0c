import { afterEach, expect } from '@jest/globals'
import type { Card } from '../../../src/chat/cards.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { drawn, eventually } from '../contract.ts'
import { type SlackWorkplace, slackWorkplace } from './workplace.ts'

const opened: SlackWorkplace[] = []
afterEach(async () => {
  for (const place of opened.splice(0)) await place.close()
})

export type Answer = (invocation: ChatRequest) => Reply | Promise<Reply>

/** A workplace whose handler answers so; `asked` is what it was asked. */
export async function at(answer: Answer, options?: Parameters<typeof slackWorkplace>[1]) {
  const asked: ChatRequest[] = []
  const place = await slackWorkplace(async (invocation) => {
    asked.push(invocation)
    return answer(invocation)
  }, options)
  opened.push(place)
  return {
    ...place,
    asked,
    sees: (words: string) =>
      eventually(async () => expect((await place.seen()).text).toContain(words)),
    hasInputs: (ids: string[]) =>
      eventually(async () => expect((await place.seen()).inputs).toEqual(ids)),
  }
}

export const inMs =
  (ms: number, reply: Reply): Answer =>
  () =>
    new Promise((resolve) => setTimeout(() => resolve(reply), ms))
export const answered = (text: string, refresh?: Card): Reply => ({
  kind: 'answer',
  card: drawn(text),
  refresh,
})
export const button = (title: string, verb: string) => ({
  type: 'Action.Execute',
  title,
  verb,
  data: { project: '2.1' },
})
