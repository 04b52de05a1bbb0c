import type { PlatformDefinition } from '../../chat/platform-definition.ts'
import type { SlackConfig } from './config.ts'
import { checkSlack } from './doctor.ts'
import { slackEnvironment } from './environment.ts'
import { slackManifest } from './manifest.ts'
import { slackRateLimits } from './rate-limits.ts'

export const slack: PlatformDefinition<SlackConfig> = {
  name: 'slack',
  title: 'Slack',
  environment: slackEnvironment,
  rateLimits: slackRateLimits,
  commandPrefix: (command) => command,
  connectionMode: ({ mode }) => mode,
  exposure: ({ mode }) => (mode === 'http' ? 'internet' : 'none'),
  // Not with the options' clock: signatures are compared with real time, the playground's clock may be moved.
  create: async (config, { handle, log }) => {
    const { createSlack } = await import('./app.ts')
    return createSlack({ config, handle, log })
  },
  diagnose: checkSlack,
  buildManifest: (config, { command, usages, publicUrl }) => ({
    manifest: slackManifest({
      command,
      usages: usages.map(({ usage }) => usage),
      publicUrl,
      // Without an address that Slack can reach, Socket Mode is what works.
      socketMode: config ? config.mode === 'socket' : publicUrl === undefined,
    }),
  }),
}
