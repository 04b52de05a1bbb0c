import { z } from 'zod'
import { type Command, defineCommand, optionalText } from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../../chat/notice.ts'
import { findProgrammeTo, requirePersonId } from '../../../domain/plan/lookup.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import { changeDraft, eraseDraft, loadDraft } from '../drafts/draft-store.ts'
import { fingerprintOf } from '../preview/sheet-preview.ts'
import { importNames, showButton } from './buttons.ts'
import { officeProgrammes, requireDraft, requirePlacedDraft } from './find-draft.ts'
import { receiveFiles } from './receive-files.ts'
import { importParts, type SheetKind } from './sheet-kind.ts'
import { kindOf, showChangedPreview, showDraft, showPreview } from './show-preview.ts'

/** A sheet is sent, looked at, and imported or cancelled. All of it is for the programme office. */

const draftArgs = z.object({ draft: optionalText })

const defineShow = (kinds: readonly SheetKind[]) =>
  defineCommand({
    name: importNames.show,
    usages: ['import'],
    examples: ['import'],
    authority: ['change plan'],
    takesFiles: async (context) => {
      await officeProgrammes(context)
    },
    summary:
      'Send me a sheet (.xlsx, .csv or .tsv) in a direct message: I show what I understood before anything is saved. This shows it again. For the programme office.',
    args: draftArgs,
    run: async (context, { draft: id }) => {
      const { files, tx, actor, now, prefix } = context
      if (files.length > 0) return receiveFiles(context, kinds, files)
      await officeProgrammes(context)
      const personId = requirePersonId(actor)
      if (id === undefined && !(await loadDraft(tx, { personId, now })))
        return { card: howToSendCard(prefix) }
      return showDraft(context, kinds, await requireDraft(context, id))
    },
  })

const howToSendCard = (prefix: string) =>
  noticeCard({
    heading: 'Send me your plan',
    lines: [
      'Drop a sheet into our direct message: an Excel workbook (.xlsx), .csv or .tsv. I show what I understood and what would change; nothing is saved before you press Import.',
      `A blank sheet to fill in: ${prefix} template`,
      `The plan as it is, to change in Excel and send back: ${prefix} export`,
    ],
    buttons: [],
  })

const defineSave = (kinds: readonly SheetKind[]) =>
  defineCommand({
    name: importNames.save,
    usages: ['import <part>'],
    slots: { part: oneOf(...importParts) },
    examples: ['import all', 'import rest'],
    authority: ['change plan'],
    summary:
      'Import the sheet that you were shown last: all of it, or the rest without the rows that have problems. For the programme office.',
    args: draftArgs.extend({
      part: z.string().toLowerCase().pipe(z.enum(importParts)),
      seen: optionalText,
    }),
    run: async (context, { draft: id, part, seen }) => {
      const { tx } = context
      const { programme } = await requirePlacedDraft(context, id)
      await lockProgramme(tx, programme.id)
      // Read again now that nobody else changes the programme: another press may have imported it meanwhile.
      const draft = await requirePlacedDraft(context, id)
      const kind = kindOf(kinds, draft)
      const preview = await kind.preview(context, draft)
      if (seen !== undefined && seen !== draft.shown?.fingerprint)
        return showPreview(context, draft, preview, { remarks: [olderPreviewText] })
      if (fingerprintOf(preview) !== draft.shown?.fingerprint)
        return showChangedPreview(context, kind, draft, preview)
      if (preview.obstacle || preview.effects.length === 0) return showDraft(context, kinds, draft)
      const { lines, buttons } = await kind.save(context, draft, part)
      await eraseDraft(tx, draft.id)
      const next = await nextButtons(context)
      return savedResult([...lines], lines[0], [...buttons, ...next])
    },
  })

const olderPreviewText =
  'That was an earlier preview, so nothing was imported. This is how the sheet is read now:'

/** The person's next sheet that waits. */
async function nextButtons({ tx, actor, now }: Parameters<Command['run']>[0]) {
  const next = await loadDraft(tx, { personId: requirePersonId(actor), now })
  return next ? [showButton(next)] : []
}

const defineInto = (kinds: readonly SheetKind[]) =>
  defineCommand({
    name: importNames.into,
    usages: ['import into <programme>'],
    slots: { programme: slot.word },
    examples: ['import into W17'],
    authority: ['change plan'],
    summary: 'Say into which programme the sheet that you sent goes. For the programme office.',
    args: draftArgs.extend({ programme: z.string() }),
    run: async (context, { draft: id, programme: key }) => {
      const programme = await findProgrammeTo(context, 'change plan', key)
      const draft = await requireDraft(context, id)
      await changeDraft(context.tx, draft.id, { programmeId: programme.id })
      return showDraft(context, kinds, await requireDraft(context, draft.id))
    },
  })

const defineUnlisted = (kinds: readonly SheetKind[]) =>
  defineCommand({
    name: importNames.unlisted,
    usages: ['import unlisted <fate>'],
    slots: { fate: oneOf('keep', 'remove') },
    examples: ['import unlisted keep', 'import unlisted remove'],
    authority: ['run programme'],
    summary:
      'Say whether those whom the people file that you sent does not list keep their rights. For the programme office.',
    args: draftArgs.extend({
      fate: z
        .string()
        .toLowerCase()
        .pipe(z.enum(['keep', 'remove'])),
    }),
    run: async (context, { draft: id, fate }) => {
      const { choices, ...draft } = await requirePlacedDraft(context, id)
      await changeDraft(context.tx, draft.id, { choices: { ...choices, unlisted: fate } })
      return showDraft(context, kinds, await requireDraft(context, draft.id))
    },
  })

const cancel = defineCommand({
  name: importNames.cancel,
  usages: ['import cancel'],
  examples: ['import cancel'],
  authority: ['change plan'],
  summary: 'Throw away the sheet that you sent. The plan stays as it is. For the programme office.',
  args: draftArgs,
  run: async (context, { draft: id }) => {
    await officeProgrammes(context)
    const draft = await requireDraft(context, id)
    await eraseDraft(context.tx, draft.id)
    const line = `${draft.fileName} was not imported, and I have erased it. The plan is as it was.`
    const buttons = await nextButtons(context)
    return { card: noticeCard({ heading: 'Cancelled', lines: [line], buttons }), note: line }
  },
})

/** The commands that import sheets of these kinds. */
export const createImportCommands = (kinds: readonly SheetKind[]): readonly Command[] => [
  ...[cancel, defineUnlisted(kinds), defineSave(kinds), defineInto(kinds), defineShow(kinds)],
]
