import { Prisma, type Tx } from '../../infra/db.ts'

/**
 * Whoever locks the same programme waits until we commit, and then reads what we left. What only refers to the
 * programme does not wait.
 */
export async function lockProgramme(tx: Tx, programmeId: string): Promise<void> {
  await tx.$queryRaw(
    Prisma.sql`SELECT 1 FROM "Programme" WHERE "id" = ${programmeId}::uuid FOR NO KEY UPDATE`,
  )
}
