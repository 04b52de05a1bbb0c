import { beforeAll } from '@jest/globals'
import type { Database } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'
import { type RowChanges, recordRowChanges } from '../../support/row-changes.ts'
import { type Cast, storeCast } from './roles.ts'

/** The two programmes in a database that notes every change. */
export interface Stage {
  readonly db: Database
  readonly cast: Cast
  readonly changes: RowChanges
}

/** Tables that every request writes: the keys by which repeats are known. */
const alwaysWritten = ['IdempotencyKey']

/** For the tests of a file: stored before all of them. */
export function useStage(): { readonly current: Stage } {
  const database = useDatabase()
  let stage: Stage | undefined
  beforeAll(async () => {
    const { db } = database
    const changes = await recordRowChanges(db, { except: alwaysWritten })
    stage = { db, changes, cast: await storeCast(db, changes) }
  })
  return {
    get current() {
      if (!stage) throw new Error('There is no stage before the tests begin.')
      return stage
    },
  }
}
