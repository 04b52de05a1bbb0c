import { programmesOfOffice } from '../../authority/programme-roles.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, quoted } from '../../base/text.ts'
import type { QueryContext } from '../../chat/commands.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { type LoggedMessage, listMessages } from './logged-messages.ts'

/** Ids of the programmes whose messages the person may see. @throws Refusal where there is none */
export async function officeProgrammeIds({
  tx,
  actor,
}: Pick<QueryContext, 'tx' | 'actor'>): Promise<string[]> {
  return programmesOfOffice(tx, requirePersonId(actor), 'see messages')
}

/**
 * The message with this number, which the person's offices decide about.
 * @throws Refusal where there is none in their programmes, or it tells of another programme, too
 */
export async function requireOwnMessage(
  context: Pick<QueryContext, 'tx' | 'actor'>,
  number: string,
): Promise<LoggedMessage> {
  const programmeIds = await officeProgrammeIds(context)
  const digits = number.replace(/^.*\/|#/g, '')
  const sequence = /^\d{1,18}$/.test(digits) ? BigInt(digits) : null
  const [row] = sequence ? await listMessages(context.tx, { programmeIds, sequence }, 1) : []
  if (!row) {
    throw new Refusal(
      `There is no message ${quoted(number)} in your programmes. Nothing was changed.`,
    )
  }
  if (row.programmeIds.every((id) => programmeIds.includes(id))) return row
  throw new Refusal(
    `Message ${digits} does not tell of your programme alone, so it is not yours alone to decide. Nothing was changed.`,
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
