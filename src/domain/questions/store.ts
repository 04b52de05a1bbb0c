import { z } from 'zod'
import { onBehalfOf } from '../../authority/rights.ts'
import { type ChannelMove, channelUpdate, type Place } from '../../base/addresses.ts'
import { fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { type FoundProject, requirePersonId } from '../plan/lookup.ts'
import { lockProgramme } from '../programme/lock.ts'
import type { Question } from './question.ts'

/** Saves a question with the asker's civil date and place, under the programme's next number. */
export async function storeQuestion(
  { tx, actor, now, today, place, message }: DomainContext,
  { id: projectId, ref, title, programme }: FoundProject,
  text: string,
): Promise<Question> {
  const programmeId = programme.id
  const [id, number] = [newId(), await nextNumber(tx, programmeId)]
  const askedById = requirePersonId(actor)
  // The message has the better address: a chat that was not open yet gets its id from the message.
  const { platform, tenant, conversation, kind, serviceUrl } = message?.place ?? place
  await tx.question.create({
    data: {
      ...{ id, programmeId, projectId, number, text, askedById },
      ...{ platform, tenant, conversation, placeKind: kind, serviceUrl: serviceUrl ?? null },
      message: message?.messageId ?? null,
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
  return {
    ...{ id, programmeId, number, text, askedById, onDay: today, answer: null },
    project: { id: projectId, ref, title },
    place: message?.place ?? place,
    message: message?.messageId ?? null,
  }
}

/** Locks the programme until the transaction ends, so that two questions at once get different numbers. */
async function nextNumber(tx: Tx, programmeId: string): Promise<number> {
  await lockProgramme(tx, programmeId)
  const last = await tx.question.aggregate({ where: { programmeId }, _max: { number: true } })
  return (last._max.number ?? 0) + 1
}

/** Saves the answer. Returns false where the question has one already, which stays. */
export async function storeAnswer(
  { tx, actor, now, today }: DomainContext,
  { id }: Question,
  found: FoundProject,
  text: string,
): Promise<boolean> {
  const answeredById = requirePersonId(actor)
  const { count } = await tx.question.updateMany({
    where: { id, answeredAt: null },
    data: {
      answer: text,
      answeredById,
      onBehalfOfId: onBehalfOf(answeredById, found),
      answeredOn: toDbDate(today),
      answeredAt: now,
    },
  })
  return count === 1
}

/** The questions of an erased person stay; the private conversations in which they asked them do not. */
export async function eraseConversations(tx: Tx, personId: string): Promise<void> {
  await tx.question.updateMany({
    where: { askedById: personId, placeKind: 'direct' },
    data: { conversation: 'forgotten', serviceUrl: null, message: null },
  })
}

/** The answers of a programme go to another place from now on, in no thread. */
export async function moveQuestions(
  tx: Tx,
  programmeId: string,
  { platform, tenant, conversation, kind: placeKind, serviceUrl }: Place,
): Promise<void> {
  await tx.question.updateMany({
    where: { programmeId },
    data: {
      platform,
      tenant,
      conversation,
      placeKind,
      serviceUrl: serviceUrl ?? null,
      message: null,
    },
  })
}

const placeKindSchema = z.enum(['direct', 'channel'])

/** Finds questions, in the order of their numbers. */
export async function findQuestions(
  tx: ReadTx,
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
        platform: row.platform,
        tenant: row.tenant,
        conversation: row.conversation,
        kind: placeKindSchema.parse(row.placeKind),
        serviceUrl: row.serviceUrl ?? undefined,
      },
      answer: answerOf(row),
    }
  })
}

function answerOf(
  row: Awaited<ReturnType<ReadTx['question']['findMany']>>[number],
): Question['answer'] {
  const { answer, answeredById, onBehalfOfId, answeredOn } = row
  if (answer === null || answeredOn === null) return null
  return { text: answer, byId: answeredById, onBehalfOfId, onDay: fromDbDate(answeredOn) }
}

/** Unanswered questions about a programme's projects that one of these people leads, or whose workstream they lead. */
export async function openQuestionsFor(
  tx: ReadTx,
  programmeId: string,
  people: readonly string[],
): Promise<Question[]> {
  const ids = [...people]
  return findQuestions(tx, {
    programmeId,
    answeredAt: null,
    project: {
      OR: [
        { leads: { some: { personId: { in: ids } } } },
        { workstream: { owners: { some: { personId: { in: ids }, role: 'lead' } } } },
      ],
    },
  })
}

/** Answers to what was asked in a channel go there under its new id. */
export async function followChannel(tx: Tx, move: ChannelMove): Promise<void> {
  await tx.question.updateMany(channelUpdate(move))
}
