import type { AdminAccount } from '../../authority/admins.ts'
import type { PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { ChatPlatform } from '../../chat/port.ts'
import { isAnyZoneUnknown } from '../../domain/people/identity-store.ts'
import { isAnyAccountGone } from '../../domain/people/leavers.ts'
import { isAnyLinkCodeOver, purgeLinkCodes } from '../../domain/people/link-codes.ts'
import type { Database, Prisma } from '../../infra/db.ts'
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

interface Task {
  readonly name: string
  readonly isDue?: (now: Date) => Prisma.Sql
  readonly run: () => Promise<void>
}

/** What is done each minute about people: zones learned, closed accounts found, offices and administrators told. */
export function createPeopleTasks(parts: PeopleTaskParts): readonly Task[] {
  const { platforms } = parts
  return [
    { name: 'zones', run: createZoneSync(parts), isDue: () => isAnyZoneUnknown },
    {
      name: 'link codes',
      run: () => purgeLinkCodes(parts.db, parts.clock.now()),
      isDue: isAnyLinkCodeOver,
    },
    // Once a day, which it knows itself.
    { name: 'closed accounts', run: createAccountSync(parts) },
    { name: 'leavers', run: () => enqueueLeaverNotices(parts), isDue: () => isAnyAccountGone },
    {
      name: 'offices',
      run: () => enqueueOfficeNotices(parts, new Set(platforms.keys())),
      isDue: () => isAnyAccountGone,
    },
  ]
}
