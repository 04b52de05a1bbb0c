import { configurePlatform } from '../../../src/chat/platform-definition.ts'
import { SlackConfig } from '../../../src/platforms/slack/config.ts'
import { slack } from '../../../src/platforms/slack/index.ts'
import { serveMilepost } from '../milepost.ts'
import { startRecorder } from '../recorder.ts'
import { mei, priya, signingSecret, startEmulate } from './emulate.ts'
import { slackPerson } from './person.ts'

export type InEmulate = Awaited<ReturnType<typeof serveInEmulate>>

/** Milepost, empty, in emulate's workspace: installed by Priya, who administers it; Mei is there, too. */
export async function serveInEmulate() {
  const recorder = await startRecorder(() => workspace.url)
  const workspace = await startEmulate(recorder.url)
  const bot = await workspace.install()
  const config = SlackConfig.parse({
    ...{ mode: 'http', signingSecret, botToken: bot.token },
    apiUrl: `${recorder.url}/api/`,
  })
  const { user_id: admin } = await workspace.as(priya, 'auth.test')
  const admins = [{ platform: 'slack', tenant: bot.team, user: String(admin) }]
  const milepost = await serveMilepost(configurePlatform(slack, config), admins)
  const eventsUrl = `${milepost.service.url}/slack/events`
  workspace.connect(eventsUrl)
  const around = { workspace, recorder, eventsUrl, team: bot.team, bot }
  return {
    ...{ workspace, recorder, milepost, bot },
    office: await slackPerson(around, priya),
    lead: await slackPerson(around, mei),
    /** Milepost is asked into the channel. Gives its id. */
    invite: async (name: string): Promise<string> => {
      const channel = await workspace.channel(name)
      await workspace.as(priya, 'conversations.invite', { channel, users: bot.user })
      return channel
    },
    close: async () => {
      await milepost.close()
      await recorder.close()
      await workspace.close()
    },
  }
}
