import { Prisma, type Tx } from '../../infra/db.ts'

/** Whoever locks this person next waits until we commit. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.$queryRaw(
    Prisma.sql`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR NO KEY UPDATE`,
  )
}
