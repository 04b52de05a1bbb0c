import { z } from 'zod'
import { fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Context } from '../../chat/commands.ts'
import type { Prisma, Tx } from '../../infra/db.ts'
import { type FoundProject, knownPerson } from '../plan/lookup.ts'
import { answersFor } from '../plan/permissions.ts'
import { lockProgramme } from '../programme/lock.ts'
import type { Question } from './question.ts'

/** Stores a question as at the person's day, with where it was asked. Its number is the next of the programme. */
export async function storeQuestion(
  { tx, actor, now, today, place, message }: Context,
  { id: projectId, ref, title, programme }: FoundProject,
  text: string,
): Promise<Question> {
  const programmeId = programme.id
  const [id, number] = [newId(), await nextNumber(tx, programmeId)]
  const askedById = knownPerson(actor)
  // A message has an address of its own: a chat that was not open yet has its id from there.
  const { platform, tenant, conversation, kind, via } = message?.place ?? place
  await tx.question.create({
    data: {
      ...{ id, programmeId, projectId, number, text, askedById },
      ...{ platform, tenant, conversation, placeKind: kind, via: via ?? null },
      message: message?.message ?? null,
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
  return {
    ...{ id, programmeId, number, text, askedById, onDay: today, answer: null },
    project: { id: projectId, ref, title },
    place: message?.place ?? place,
    message: message?.message ?? null,
  }
}

/** Whoever asks next in this programme waits until we commit, so that two at once get different numbers. */
async function nextNumber(tx: Tx, programmeId: string): Promise<number> {
  await lockProgramme(tx, programmeId)
  const last = await tx.question.aggregate({ where: { programmeId }, _max: { number: true } })
  return (last._max.number ?? 0) + 1
}

/** Keeps the answer, as at the person's day; false where somebody was quicker, whose answer stays. */
export async function storeAnswer(
  { tx, actor, now, today }: Context,
  { id }: Question,
  found: FoundProject,
  text: string,
): Promise<boolean> {
  const answeredById = knownPerson(actor)
  const { count } = await tx.question.updateMany({
    where: { id, answeredAt: null },
    data: {
      answer: text,
      answeredById,
      forId: answersFor(answeredById, found),
      answeredOn: toDbDate(today),
      answeredAt: now,
    },
  })
  return count === 1
}

const platform = z.enum(['slack', 'teams'])
const kind = z.enum(['direct', 'channel'])

/** By number. */
export async function questionsWhere(
  tx: Tx,
  where: Prisma.QuestionWhereInput,
): Promise<Question[]> {
  const rows = await tx.question.findMany({
    where,
    include: { project: { select: { id: true, ref: true, title: true } } },
    orderBy: [{ number: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => {
    const { id, programmeId, number, text, askedById, message, project } = row
    return {
      ...{ id, programmeId, number, text, askedById, message, project },
      onDay: fromDbDate(row.onDay),
      place: {
        platform: platform.parse(row.platform),
        tenant: row.tenant,
        conversation: row.conversation,
        kind: kind.parse(row.placeKind),
        via: row.via ?? undefined,
      },
      answer: answerOf(row),
    }
  })
}

function answerOf(
  row: Awaited<ReturnType<Tx['question']['findMany']>>[number],
): Question['answer'] {
  const { answer, answeredById, forId, answeredOn } = row
  if (answer === null || answeredOn === null) return null
  return { text: answer, byId: answeredById, forId, onDay: fromDbDate(answeredOn) }
}

/** Those that wait for the person: of projects they lead, or whose workstream they lead, or of whom they stand in for. */
export async function questionsTo(tx: Tx, people: readonly string[]): Promise<Question[]> {
  const ids = [...people]
  return questionsWhere(tx, {
    answeredAt: null,
    project: {
      OR: [
        { leads: { some: { personId: { in: ids } } } },
        { workstream: { owners: { some: { personId: { in: ids }, role: 'lead' } } } },
      ],
    },
  })
}
