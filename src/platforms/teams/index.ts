import { requiredWords } from '../../chat/command-pattern.ts'
import type { CommandUsage, PlatformDefinition } from '../../chat/platform-definition.ts'
import type { TeamsConfig } from './config.ts'
import { checkTeams } from './doctor.ts'
import { teamsEnvironment } from './environment.ts'
import { explainTeamsError } from './error-codes.ts'
import { type ManifestCommand, teamsIcons, teamsManifest } from './manifest.ts'
import { teamsRateLimits } from './rate-limits.ts'

/**
 * A command as Teams sends it when it is picked: the words of its title, so without what may be left out. One that needs
 * something filled in could not be read, and is left to the help.
 */
function menuEntry({ usage, summary }: CommandUsage): ManifestCommand[] {
  const title = requiredWords(usage)
  return title === '' || title.includes('<') ? [] : [{ title, description: summary }]
}

const placeholderAppId = '00000000-0000-0000-0000-000000000000'

export const teams: PlatformDefinition<TeamsConfig> = {
  name: 'teams',
  title: 'Teams',
  environment: teamsEnvironment,
  rateLimits: teamsRateLimits,
  commandPrefix: () => '@Milepost',
  connectionMode: ({ mode }) => mode,
  exposure: ({ mode }) => (mode === 'tenant' ? 'internet' : 'loopback'),
  create: async (config, options) => {
    const { createTeams } = await import('./app.ts')
    return createTeams({ config, ...options })
  },
  explain: explainTeamsError,
  diagnose: checkTeams,
  buildManifest: (config, { usages, publicUrl, version }) => {
    const appId = config?.mode === 'tenant' ? config.appId : undefined
    const manifest = teamsManifest({
      ...{ appId: appId ?? placeholderAppId, version },
      commands: usages.flatMap(menuEntry),
      publicHost: publicUrl && new URL(publicUrl).host,
    })
    const warnings = [
      ...(appId === undefined
        ? ['TEAMS_APP_ID is not set: put the id of your bot in place of the zeros.']
        : []),
      ...(publicUrl === undefined
        ? ['PUBLIC_URL is not set: put the address of your Milepost in place of example.org.']
        : []),
    ]
    return {
      ...{ manifest, packageFiles: teamsIcons },
      ...(warnings.length > 0 && { warning: warnings.join('\n') }),
    }
  },
}
