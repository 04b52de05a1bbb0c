/** Runs one statement with its values, in the transaction that restores a backup. */
type RunStatement = (sql: string, values: readonly unknown[]) => Promise<unknown>

const restoredReason = 'restored from a backup: it may have been sent since'

/**
 * Leaves it to a person whether messages are sent that were due when the backup was written: they may have been sent
 * since. Runs before the schema is brought up to date, so it may use columns of the first version only.
 */
export async function markPossiblySent(run: RunStatement, backupAt: string): Promise<void> {
  await run(
    `UPDATE "OutboxMessage" SET state = 'uncertain', error = $1
     WHERE state IN ('waiting', 'sending') AND "notBefore" <= $2`,
    [restoredReason, backupAt],
  )
}
