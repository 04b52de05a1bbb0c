/** The least that Bolt can do with a slash command: check its signature and acknowledge it. */
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { processorTime, serve } from './child-process.ts'
import { Question, type Server } from './messages.ts'
import { lead } from './slack-request.ts'

await serve(async () => {
  const signingSecret = randomBytes(24).toString('hex')
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR })
  const bot = { botToken: 'xoxb-bare', botId: 'B0BARE', botUserId: 'U0BARE' }
  const app = new App({ receiver, logLevel: LogLevel.ERROR, authorize: async () => bot })
  app.command(lead.command, ({ ack }) => ack())
  const listening = await app.start({ host: '127.0.0.1', port: 0 })
  const { port } = listening.address() as AddressInfo
  const server: Server = {
    platform: 'slack',
    url: `http://127.0.0.1:${port}/slack/events`,
    signingSecret,
  }
  const cpu = processorTime()
  return {
    answer: async (question) =>
      Question.parse(question).about === 'server' ? server : { stored: 0, cpu: cpu() },
    stop: async () => {
      await app.stop()
    },
  }
})
