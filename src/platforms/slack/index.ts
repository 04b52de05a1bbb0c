import type { PlatformDefinition } from '../../chat/platform-definition.ts'
import type { SlackConfig } from './config.ts'
import { checkSlack } from './doctor.ts'
import { slackEnvironment } from './environment.ts'
import { explainSlackError } from './error-codes.ts'
import { installPath } from './install-paths.ts'
import { slackManifest } from './manifest.ts'
import { slackRateLimits } from './rate-limits.ts'

export const slack: PlatformDefinition<SlackConfig> = {
  name: 'slack',
  title: 'Slack',
  environment: slackEnvironment,
  rateLimits: slackRateLimits,
  commandPrefix: (command) => command,
  connectionMode: ({ mode }) => mode,
  installPath: ({ oauth }) => (oauth ? installPath : undefined),
  // Whoever installs it comes by a browser.
  exposure: ({ mode, oauth }) => (mode === 'http' || oauth ? 'internet' : 'none'),
  // Does not pass the clock on: signatures are compared with real time, and the playground's clock can be moved.
  create: async (config, options) => {
    const { handle, log, bodies, proxy, installations, publicUrl, renderPage } = options
    const { noteAccount, noteChannelMoved } = options
    const { createSlack } = await import('./app.ts')
    return createSlack({
      ...{ config, handle, log, bodies, proxy, installations, noteAccount, noteChannelMoved },
      ...(publicUrl !== undefined && { pages: { publicUrl, renderPage } }),
    })
  },
  explain: explainSlackError,
  diagnose: checkSlack,
  buildManifest: (config, { command, usages, publicUrl }) => ({
    manifest: slackManifest({
      command,
      usages: usages.map(({ usage }) => usage),
      publicUrl,
      isInstalledByOthers: config?.oauth !== undefined,
      // Socket Mode needs no address that Slack can reach.
      socketMode: config ? config.mode === 'socket' : publicUrl === undefined,
    }),
  }),
}
