import type { AdminAccount } from '../../authority/admins.ts'
import type { PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { ChatPlatform } from '../../chat/port.ts'
import type { Database } from '../../infra/db.ts'
import { createAccountSync } from './leavers/account-sync.ts'
import { enqueueLeaverNotices } from './leavers/leaver-notices.ts'
import { enqueueOfficeNotices } from './leavers/office-notices.ts'
import { createZoneSync } from './zone-sync.ts'

export interface PeopleTaskParts {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly admins: readonly AdminAccount[]
  platformTitle(platform: PlatformName): string
}

type Task = readonly [name: string, task: () => Promise<void>]

/** What is done each minute about people: zones learned, closed accounts found, offices and administrators told. */
export function createPeopleTasks(parts: PeopleTaskParts): readonly Task[] {
  const { platforms } = parts
  return [
    ['zones', createZoneSync(parts)],
    ['closed accounts', createAccountSync(parts)],
    ['leavers', () => enqueueLeaverNotices(parts)],
    ['offices', () => enqueueOfficeNotices(parts, new Set(platforms.keys()))],
  ]
}
