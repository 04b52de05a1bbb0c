import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { lead } from './slack-request.ts'

const bot = { user_id: 'U0BOT', bot_id: 'B0BOT', team_id: lead.team, members: [], user: {} }

/** A Slack that takes whatever is posted. */
export async function slackStub() {
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
