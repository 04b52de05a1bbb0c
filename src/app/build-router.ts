import type { PlatformName } from '../base/addresses.ts'
import { messageOf } from '../base/errors.ts'
import { createChannelLookup } from '../chat/channel-lookup.ts'
import { createDirectoryLookup } from '../chat/directory-lookup.ts'
import type { ChatPlatform, ChatRequestHandler } from '../chat/port.ts'
import { createProfileLookup } from '../chat/profile-lookup.ts'
import { createRouter } from '../chat/router.ts'
import { countNotifyingRequest } from '../domain/amounts/store.ts'
import { namesOfAccounts, resolveActorIn } from '../domain/people/identity-store.ts'
import { createNewcomerRecognition } from '../features/people/newcomers/recognise.ts'
import { askFarDays } from '../features/understanding/form-check.ts'
import { createLineReader } from '../features/understanding/line-reader.ts'
import { splitMessage } from '../features/understanding/split-message.ts'
import { auditEntryOf } from './audit-log.ts'
import { buildCommandRegistry } from './command-registry.ts'
import { messageKinds } from './message-kinds.ts'
import type { PlatformRegistry } from './platform-registry.ts'
import { platforms as allPlatforms } from './platforms.ts'
import type { ServiceOptions } from './service-options.ts'

export type PlatformsByName = Map<PlatformName, ChatPlatform>

export function registryOf({ registry = allPlatforms }: ServiceOptions): PlatformRegistry {
  return registry
}

/** How people begin a command on each platform. */
export function commandPrefixOf(options: ServiceOptions): (platform: PlatformName) => string {
  return (platform) => registryOf(options).commandPrefix(platform, options.command)
}

/** What answers the requests of all platforms, with every command. */
export function buildRouter(
  options: ServiceOptions,
  platforms: PlatformsByName,
): ChatRequestHandler {
  const { store, clock, log, metrics } = options
  const { commands } = buildCommandRegistry()
  const lookupProfile = createProfileLookup(platforms)
  return createRouter({
    ...{ db: store.db, clock, resolveActor: resolveActorIn, commands, splitMessage },
    readLine: createLineReader(commands),
    checkForm: askFarDays,
    prefix: commandPrefixOf(options),
    platformTitle: registryOf(options).title,
    lookupChannel: createChannelLookup(platforms),
    nameOfAccount: async (tx, account) => (await namesOfAccounts(tx, [account]))[0],
    lookupProfile,
    lookupDirectory: createDirectoryLookup(platforms, clock),
    recogniseNewcomer: createNewcomerRecognition({
      ...{ db: store.db, clock, log, lookupProfile },
    }),
    ...(options.installation && { installation: options.installation }),
    redraw: messageKinds.redraw,
    countNotifyingRequest,
    tracer: options.tracer,
    onError: (error, { key, place }) =>
      log.error(
        { error: messageOf(error), stack: stackOf(error), key, platform: place.platform },
        'A request failed',
      ),
    onHandled: (handled) => {
      metrics?.recordRequest(handled)
      if (options.hasAuditLog) log.info(auditEntryOf(handled), 'Request')
    },
  })
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined
}
