import type { Prisma, ReadTx } from '../infra/db.ts'
import { authorise } from './rights.ts'

/** Reads what one person is in the programmes. */

/** The programmes that a person may know of: those in which they have a role. */
export const programmesOfPerson = (personId: string): Prisma.ProgrammeWhereInput => ({
  memberships: { some: { personId } },
})

/** What only an office may do, in whichever programmes the person is in it. */
type OfficeAction = 'say leave for others' | 'see messages'

/** Ids of the programmes in whose office the person is. @throws Refusal where there is none */
export async function programmesOfOffice(
  tx: ReadTx,
  personId: string,
  action: OfficeAction,
): Promise<string[]> {
  const rows = await tx.membership.findMany({
    where: { personId, role: 'programme_office' },
    select: { programmeId: true },
    orderBy: { programmeId: 'asc' },
  })
  authorise(action, { roles: rows.map(() => 'office'), standsInFor: [] }, '')
  return rows.map(({ programmeId }) => programmeId)
}
