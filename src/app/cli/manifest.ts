import { Refusal } from '../../base/errors.ts'
import { listUsages } from '../../chat/help.ts'
import { slackManifest } from '../../platforms/slack/manifest.ts'
import { teamsManifest } from '../../platforms/teams/manifest.ts'
import { buildCommandRegistry } from '../command-registry.ts'
import type { Config } from '../config.ts'

const placeholderAppId = '00000000-0000-0000-0000-000000000000'

/** The app manifest that matches the commands. @throws Refusal for a platform there is none for. */
export function buildManifest(platform: string, config: Config): object {
  const offers = listUsages(buildCommandRegistry().manifestCommands)
  const { command, publicUrl } = config
  if (platform === 'slack') {
    // Without an address that Slack can reach, Socket Mode is what works.
    const socketMode = config.slack ? config.slack.mode === 'socket' : publicUrl === undefined
    return slackManifest({
      command,
      usages: offers.map(({ usage }) => usage),
      publicUrl,
      socketMode,
    })
  }
  if (platform === 'teams') {
    const appId = config.teams?.mode === 'tenant' ? config.teams.appId : placeholderAppId
    if (appId === placeholderAppId) {
      console.error('TEAMS_APP_ID is not set: put the id of your bot in place of the zeros.')
    }
    const commands = offers.map(({ usage, summary }) => ({ title: usage, description: summary }))
    return teamsManifest({ appId, commands, publicHost: publicUrl && new URL(publicUrl).host })
  }
  throw new Refusal(`There is no manifest for “${platform}”. Say slack or teams.`)
}
