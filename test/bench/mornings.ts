/** Ticks of many programmes while people go on asking. */
import { setTimeout } from 'node:timers/promises'
import { systemClock } from '../../src/base/clock.ts'
import type { Child } from './child-process.ts'
import { percentile, short, table } from './figures.ts'
import { MorningTick, RestTick, Server } from './messages.ts'
import { slackRequest, stored } from './slack-request.ts'
import { slackStub } from './slack-stub.ts'

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
