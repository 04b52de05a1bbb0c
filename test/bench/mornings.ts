/** Ticks of many programmes while people go on asking. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { systemClock } from '../../src/base/clock.ts'
import type { Child } from './child-process.ts'
import { percentile, short, table } from './figures.ts'
import { MorningTick, RestTick, Server } from './messages.ts'
import { slackRequest, stored } from './slack-request.ts'

const commandsPerSecond = 20

/** Asks at its own pace, whether or not the last one was answered, until `isOver`. Gives the time of each answer, in ms. */
async function askSteadily(server: Server, isOver: () => boolean): Promise<number[]> {
  const asked: Promise<number>[] = []
  for (let nth = 0; !isOver(); nth += 1) {
    const seconds = Math.floor(systemClock.now().getTime() / 1000)
    const began = performance.now()
    const request = slackRequest(server.signingSecret, `morning.${nth}`, seconds)
    asked.push(
      fetch(server.url, { method: 'POST', ...request }).then(async (answer) => {
        const body = await answer.text()
        // On a busy machine one may be told after a second that it takes longer: that is its time.
        if (!body.includes(stored) && !body.includes('Got it, working on it'))
          throw new Error(`This is no answer to a command: ${body}`)
        return performance.now() - began
      }),
    )
    await setTimeout(1000 / commandsPerSecond)
  }
  return Promise.all(asked)
}

const bot = { user_id: 'U0BOT', bot_id: 'B0BOT', team_id: 'T0BENCH', members: [], user: {} }

/** Takes whatever is posted. */
async function slackStub() {
  let posted = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      posted += 1
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ ok: true, ...bot, channel: 'D0', ts: `1.${posted}` }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/api/`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The figures of so many programmes, as tables in Markdown. */
export async function morningOf(child: Child, programmes: number): Promise<string> {
  const slack = await slackStub()
  try {
    const server = await child.ask({ about: 'start', programmes, slackUrl: slack.url }, Server)
    const rest = await child.ask({ about: 'rest' }, RestTick)
    let isOver = false
    const ticking = child.ask({ about: 'morning' }, MorningTick).finally(() => {
      isOver = true
    })
    const [tick, times] = await Promise.all([ticking, askSteadily(server, () => isOver)])
    const ofMorning = [
      `${programmes}`,
      `${tick.enqueued.toLocaleString('en-GB')}`,
      ...[tick.seconds, percentile(times, 50), percentile(times, 99)].map(short),
      ...[tick.blockedMs, tick.longestRoundMs, tick.megabytes].map(short),
    ]
    return [
      table(
        ['programmes', 'tick at rest, ms', 'its statements'],
        [[`${programmes}`, short(rest.milliseconds), `${rest.statements}`]],
      ),
      table(
        [
          ...['programmes', 'reminded at 09:00', 'all enqueued, s', 'commands p50 ms', 'p99 ms'],
          ...['event loop blocked at most, ms', 'of that processor time', 'most memory, MB'],
        ],
        [ofMorning],
      ),
    ].join('\n\n')
  } finally {
    // It sends to Slack until it ends.
    await child.end()
    slack.close()
  }
}
