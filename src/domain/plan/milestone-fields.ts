import { z } from 'zod'
import { civilDay } from '../../base/civil-day.ts'
import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { defineField } from './fields.ts'

export const milestoneText = defineField({
  ...{ item: 'milestone', key: 'about', label: 'text', schema: z.string().min(1) },
  read: async (tx, id) => (await tx.milestone.findUniqueOrThrow({ where: { id } })).about,
  write: async (tx, id, about) => {
    await tx.milestone.update({ where: { id }, data: { about } })
  },
})

/** The heading of the column of a sheet that it stands in, if any: "March". */
export const milestoneHeading = defineField({
  ...{ item: 'milestone', key: 'heading', label: 'column', schema: z.string().nullable() },
  read: async (tx, id) => (await tx.milestone.findUniqueOrThrow({ where: { id } })).heading,
  write: async (tx, id, heading) => {
    await tx.milestone.update({ where: { id }, data: { heading } })
  },
})

export const milestoneRemoval = defineField({
  ...{ item: 'milestone', key: 'isRemoved', label: 'place in the plan', schema: z.boolean() },
  read: async (tx, id) => (await tx.milestone.findUniqueOrThrow({ where: { id } })).isRemoved,
  write: async (tx, id, isRemoved) => {
    await tx.milestone.update({ where: { id }, data: { isRemoved } })
  },
})

/**
 * What was said when a milestone was finished, with its confirmation: enough to show it on the days on which it stood
 * (a Completion of plan.ts), and to put it back.
 */
const completionSchema = z.object({
  onDay: civilDay,
  isDayUnknown: z.boolean().optional(),
  evidence: z.string().nullable(),
  byId: z.string().nullable(),
  onBehalfOfId: z.string().nullable(),
  awaitsConfirmation: z.boolean(),
  confirmedById: z.string().nullable(),
  source: z.string(),
  at: z.iso.datetime(),
  toConfirm: z.boolean(),
  confirmation: z
    .object({ byId: z.string(), source: z.string(), onDay: civilDay, at: z.iso.datetime() })
    .nullable(),
})

type StoredCompletion = z.infer<typeof completionSchema>

/** Null: open. A completion that is taken back lives on in the revision that says so. */
export const milestoneCompletion = defineField<StoredCompletion | null>({
  ...{ item: 'milestone', key: 'completion', label: 'done' },
  schema: completionSchema.nullable(),
  read: async (tx, milestoneId) => {
    const row = await tx.milestoneCompletion.findUnique({
      where: { milestoneId },
      include: { confirmation: true },
    })
    if (!row) return null
    const { evidence, byId, onBehalfOfId, source, toConfirm, confirmation } = row
    return {
      ...{ evidence, byId, onBehalfOfId, source, toConfirm },
      onDay: fromDbDate(row.onDay),
      ...(row.isDayUnknown ? { isDayUnknown: true } : {}),
      at: row.at.toISOString(),
      awaitsConfirmation: toConfirm && confirmation === null,
      confirmedById: confirmation?.byId ?? null,
      confirmation: confirmation && {
        byId: confirmation.byId,
        source: confirmation.source,
        onDay: fromDbDate(confirmation.onDay),
        at: confirmation.at.toISOString(),
      },
    }
  },
  write: async (tx, milestoneId, completion) => {
    await tx.confirmation.deleteMany({ where: { milestoneId } })
    await tx.milestoneCompletion.deleteMany({ where: { milestoneId } })
    if (completion) await restoreCompletion(tx, milestoneId, completion)
    const doneOn = completion && !completion.awaitsConfirmation ? toDbDate(completion.onDay) : null
    await tx.milestone.update({ where: { id: milestoneId }, data: { doneOn } })
  },
})

async function restoreCompletion(
  tx: Tx,
  milestoneId: string,
  { onDay, at, confirmation, isDayUnknown = false, ...completion }: StoredCompletion,
): Promise<void> {
  const { evidence, byId, onBehalfOfId, source, toConfirm } = completion
  await tx.milestoneCompletion.create({
    data: {
      ...{ milestoneId, evidence, byId, onBehalfOfId, source, toConfirm, isDayUnknown },
      onDay: toDbDate(onDay),
      at: new Date(at),
    },
  })
  if (!confirmation) return
  await tx.confirmation.create({
    data: {
      ...{ id: newId(), milestoneId, byId: confirmation.byId, source: confirmation.source },
      onDay: toDbDate(confirmation.onDay),
      at: new Date(confirmation.at),
    },
  })
}

/** A completion of which the day was not known, with its day; null where there is none such. */
export async function completionWithDay(
  tx: ReadTx,
  milestoneId: string,
  onDay: CivilDate,
): Promise<StoredCompletion | null> {
  const before = completionSchema.nullable().parse(await milestoneCompletion.read(tx, milestoneId))
  if (!before?.isDayUnknown) return null
  const { isDayUnknown: _, ...completion } = before
  return { ...completion, onDay }
}
