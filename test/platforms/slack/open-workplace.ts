import { afterEach, expect } from '@jest/globals'
import type { Card } from '../../../src/chat/cards.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { drawn, eventually } from '../contract.ts'
import { type SlackWorkplace, slackWorkplace } from './slack-workplace.ts'

const opened: SlackWorkplace[] = []
afterEach(async () => {
  for (const place of opened.splice(0)) await place.close()
})

export type Handler = (request: ChatRequest) => Reply | Promise<Reply>

/** A workplace whose handler this is, closed after the test. `requests` are those that the handler was given. */
export async function openWorkplace(
  handler: Handler,
  options?: Parameters<typeof slackWorkplace>[1],
) {
  const requests: ChatRequest[] = []
  const place = await slackWorkplace(async (request) => {
    requests.push(request)
    return handler(request)
  }, options)
  opened.push(place)
  return {
    ...place,
    requests,
    sees: (text: string) =>
      eventually(async () => expect((await place.seen()).text).toContain(text)),
    hasInputs: (ids: string[]) =>
      eventually(async () => expect((await place.seen()).inputs).toEqual(ids)),
  }
}

export const repliesAfter =
  (ms: number, reply: Reply): Handler =>
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
