import type { Failure } from './error-codes.ts'

/** Runs one statement with its values, in the transaction that restores a backup. */
type RunStatement = (sql: string, values: readonly unknown[]) => Promise<unknown>

const restored: Failure = {
  code: 'restored',
  reason: 'restored from a backup: it may have been sent since',
}

/**
 * Leaves it to a person whether messages are sent that were due when the backup was written: they may have been sent
 * since. Runs before the schema is brought up to date, so it may use columns of the first version only.
 */
export async function markPossiblySent(run: RunStatement, backupAt: string): Promise<void> {
  await run(
    `UPDATE "OutboxMessage" SET state = 'uncertain', "errorCode" = $1, error = $2
     WHERE state IN ('waiting', 'sending') AND "notBefore" <= $3`,
    [restored.code, restored.reason, backupAt],
  )
}
