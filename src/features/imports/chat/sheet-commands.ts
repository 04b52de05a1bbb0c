import { archivedRefusal } from '../../../authority/refusals.ts'
import { newId } from '../../../base/ids.ts'
import { programmeArgs } from '../../../chat/args.ts'
import {
  type Command,
  type CommandContext,
  type CommandResult,
  defineCommand,
} from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { directPlaceOfIdentity } from '../../../domain/people/direct-places.ts'
import { findProgramme, requirePersonId } from '../../../domain/plan/lookup.ts'
import { formatSetAside, loadSetAside } from '../../../domain/plan/set-aside.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { defineMessageKind } from '../../../outbox/message-kinds.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { exportPlan, whereRegisterIs } from '../export.ts'
import { buildTemplate } from '../template/template.ts'

/** Sheets that Milepost sends to the person who asks, in private: the plan as it is, and a blank one. */

export const sheetKind = defineMessageKind({
  kind: 'sheet',
  title: 'Sheet',
  authority: 'read plan',
})

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

interface SheetToSend {
  readonly programme: Programme
  readonly name: string
  readonly bytes: Uint8Array
  /** What it is and what to do with it. */
  readonly lines: readonly string[]
}

/** Sends a sheet to whoever asks. */
async function sendSheet(
  { tx, actor, now }: CommandContext,
  { programme, name, bytes, lines }: SheetToSend,
): Promise<CommandResult> {
  const message = {
    ...{ key: `sheet:${newId()}`, kind: sheetKind, personId: requirePersonId(actor) },
    place: await directPlaceOfIdentity(tx, actor.identity),
    card: noticeCard({ heading: name, lines: [...lines], buttons: [] }),
    file: { name, contentType: workbookType, bytes },
    programmeIds: [programme.id],
    why: ['You asked for it.'],
  }
  await enqueue(tx, message, now)
  const line = `${name} comes to our direct message in a moment.`
  return { card: noticeCard({ heading: 'On its way', lines: [line], buttons: [] }) }
}

/** @throws Refusal for an archived one: nothing of it is sent */
async function programmeToSend({ tx, actor }: CommandContext, key: string | undefined) {
  const programme = await findProgramme(tx, actor, key)
  if (programme.isArchived) throw archivedRefusal()
  return programme
}

const exportCommand = defineCommand({
  name: 'export',
  usages: ['export [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['export', 'export for W17'],
  authority: ['read plan'],
  summary:
    'The plan as an Excel workbook, in our direct message: change it there and send it back, and I show what is different.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const programme = await programmeToSend(context, key)
    const name = `${programme.key} plan ${context.today}.xlsx`
    const bytes = await exportPlan(context.tx, programme, context.today, name)
    const setAside = formatSetAside(
      (await loadSetAside(context.tx, programme.id, context.today)).counts,
    )
    const lines = [
      `The plan of ${programme.title} as it stands today.`,
      ...(await whereRegisterIs(context.tx, programme, context.today, name)),
      ...(setAside ? [`Set aside, and not in it: ${setAside}.`] : []),
      'The programme office can change it in Excel and drop it here again: I show what is different before anything is saved.',
    ]
    return sendSheet(context, { programme, name, bytes, lines })
  },
})

const template = defineCommand({
  name: 'template',
  usages: ['template [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['template', 'template for W17'],
  authority: ['read plan'],
  summary:
    'A blank plan to fill in, as an Excel workbook with drop-down lists, in our direct message.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const programme = await programmeToSend(context, key)
    const lines = [
      'Two example rows show how it is filled in, and its second sheet says the rest.',
      'When it is ready, the programme office drops it here: I show what I understood before anything is saved.',
    ]
    const name = `${programme.key} blank plan.xlsx`
    const bytes = await buildTemplate(context.tx, programme)
    return sendSheet(context, { programme, name, bytes, lines })
  },
})

export const sheetCommands: readonly Command[] = [exportCommand, template]
