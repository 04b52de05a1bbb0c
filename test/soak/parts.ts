import { burst } from './burst.ts'
import { crashes } from './crashes.ts'
import { errorCodes } from './error-codes.ts'
import { firstStarts } from './first-starts.ts'
import { fullDisk } from './full-disk.ts'
import { hourWithoutDatabase } from './hour-without-database.ts'
import { kills } from './kills.ts'
import type { Part } from './part.ts'
import { revokedToken } from './revoked-token.ts'
import { stories } from './stories.ts'
import { upgrade } from './upgrade.ts'

/** The parts of the soak, in the order in which they run. */
export const parts: readonly Part[] = [
  firstStarts,
  fullDisk,
  hourWithoutDatabase,
  revokedToken,
  errorCodes,
  upgrade,
  stories,
  crashes,
  kills,
  burst,
]
