/** Asks a server as Slack or Teams would, each of many clients on a connection of its own, and reads every answer. */
import { once } from 'node:events'
import autocannon from 'autocannon'
import { systemClock } from '../../src/base/clock.ts'
import { serve } from './child-process.ts'
import { type Answers, Round, type Server } from './messages.ts'
import { slackRequest } from './slack-request.ts'
import { teamsRequest } from './teams-request.ts'

let asked = 0

/** The next request, which no other has the key of. */
function nextRequest({ platform, signingSecret }: Server) {
  asked += 1
  const key = `${process.pid}.${asked}`
  if (platform === 'teams') return teamsRequest(key)
  const seconds = Math.floor(systemClock.now().getTime() / 1000)
  return slackRequest(signingSecret, key, seconds)
}

async function play({ server, atOnce, requests, expectedText }: Round): Promise<Answers> {
  const milliseconds: number[] = []
  const opened = new Set<object>()
  const began = performance.now()
  let [answered, ended] = [0, began]
  let wrong: string | undefined

  const request: autocannon.Request = {
    method: 'POST',
    setupRequest: (empty) => ({ ...empty, ...nextRequest(server) }),
    onResponse: (status, body) => {
      const right =
        status === 200 && (expectedText === '' ? body === '' : body.includes(expectedText))
      if (!right) wrong ??= `HTTP ${status}: ${body}`
    },
  }
  const options = { url: server.url, connections: atOnce, amount: requests, requests: [request] }
  // With a callback it returns the run, whose events know each answer's time.
  const run = autocannon(options, () => {})
  run.on('response', (connection, _status, _bytes, took) => {
    ended = performance.now()
    answered += 1
    if (opened.has(connection)) milliseconds.push(took)
    opened.add(connection)
  })
  run.on('reqError', (error) => {
    wrong ??= String(error)
  })
  await once(run, 'done')
  return { answered, seconds: (ended - began) / 1000, milliseconds, wrong }
}

await serve(async () => ({
  answer: (question) => play(Round.parse(question)),
  stop: async () => {},
}))
