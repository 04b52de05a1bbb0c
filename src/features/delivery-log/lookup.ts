import { Refusal } from '../../base/errors.ts'
import { fold, quoted } from '../../base/text.ts'
import type { QueryContext } from '../../chat/commands.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { type LoggedMessage, listMessages } from './logged-messages.ts'

/** The programmes in whose office the person is. @throws Refusal where there is none */
export async function officeProgrammeIds({
  tx,
  actor,
}: Pick<QueryContext, 'tx' | 'actor'>): Promise<string[]> {
  const rows = await tx.membership.findMany({
    where: { personId: requirePersonId(actor), role: 'programme_office' },
    select: { programmeId: true },
  })
  if (rows.length > 0) return rows.map(({ programmeId }) => programmeId)
  throw new Refusal(
    'What became of messages is for the programme office to see. Please ask them. Nothing was changed.',
  )
}

/** The message with this number, in the programmes of the person's office. @throws Refusal where there is none */
export async function requireMessage(
  context: Pick<QueryContext, 'tx' | 'actor'>,
  number: string,
): Promise<LoggedMessage> {
  const programmeIds = await officeProgrammeIds(context)
  const digits = number.replace(/^.*\/|#/g, '')
  const filter = { programmeIds, sequence: BigInt(digits) }
  const [row] = /^\d{1,18}$/.test(digits) ? await listMessages(context.tx, filter, 1) : []
  if (row) return row
  throw new Refusal(
    `There is no message ${quoted(number)} in your programmes. Nothing was changed.`,
  )
}

/** Ids of the people in those programmes whose name contains these words. */
export async function personIdsByName(
  { tx }: Pick<QueryContext, 'tx'>,
  programmeIds: readonly string[],
  words: string,
): Promise<string[]> {
  const programmes = { programmeId: { in: [...programmeIds] } }
  const people = await tx.person.findMany({
    where: {
      OR: [
        { memberships: { some: programmes } },
        { projects: { some: { project: programmes } } },
        { workstreams: { some: { workstream: programmes } } },
      ],
    },
    select: { id: true, name: true },
  })
  return people.filter(({ name }) => fold(name).includes(fold(words))).map(({ id }) => id)
}
