import { dateIn } from '../base/dates.ts'
import type { Tx } from '../infra/db.ts'
import { channelInTime } from './channel-lookup.ts'
import type { CommandContext } from './commands.ts'
import { directoryInTime } from './directory-lookup.ts'
import { unmanagedInstallation } from './installation.ts'
import { profileInTime } from './profile-lookup.ts'
import type { ResolvedRequest } from './resolve-request.ts'
import type { RouterOptions } from './router-options.ts'

/** What a command gets for a request, within a transaction or outside one. */
export async function contextOf(
  options: RouterOptions,
  tx: Tx,
  {
    actor: identity,
    input: { by },
    author,
    place,
    directPlace,
    message,
    mentions = [],
    resolved,
    remarks,
  }: ResolvedRequest,
): Promise<CommandContext> {
  const now = options.clock.now()
  const actor = author ?? (await options.resolveActor(tx, identity, { place, directPlace }, now))
  return {
    tx,
    now,
    today: dateIn(actor.zone, now),
    actor,
    ...{ place, by, message },
    prefix: options.prefix(place.platform),
    platformTitle: options.platformTitle,
    installation: options.installation ?? unmanagedInstallation,
    mentions,
    remark: (sentence) => remarks.add(sentence),
    files: resolved.kind === 'command' ? (resolved.files ?? []) : [],
    channel: (of) => channelInTime(options.lookupChannel?.(of)),
    profile: (of) => profileInTime(options.lookupProfile?.(of)),
    directory: (channels) => {
      const { platform, tenant } = place
      return directoryInTime(options.lookupDirectory?.({ platform, tenant, channels }))
    },
  }
}
