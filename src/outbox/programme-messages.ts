import { Prisma } from '../infra/db.ts'

/** Which of its tables holds messages, and how to find those of a programme, for who searches all that is kept. */
export const programmeMessages = {
  table: 'OutboxMessage',
  /** A reminder tells one person of several programmes. `id`: a programme's, as SQL. */
  ids: (id: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`SELECT id FROM "OutboxMessage" WHERE "programmeId" = ${id} OR ${id} = ANY("programmeIds")`,
} as const
