import { Prisma, type Tx } from '../../infra/db.ts'

/** Whoever locks the same person waits until we commit. What only refers to the person does not wait. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.$queryRaw(
    Prisma.sql`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR NO KEY UPDATE`,
  )
}
