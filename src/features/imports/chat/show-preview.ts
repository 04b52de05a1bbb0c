import type { CommandContext, CommandResult } from '../../../chat/commands.ts'
import { importPreviewCard, type PreviewSection } from '../cards.ts'
import type { ImportDraft } from '../drafts/draft.ts'
import { changeDraft } from '../drafts/draft-store.ts'
import {
  compareEffects,
  fingerprintOf,
  fitSections,
  plainLine,
  type SheetPreview,
} from '../preview/sheet-preview.ts'
import { cancelButton, intoButton, saveButton } from './buttons.ts'
import { officeProgrammes } from './find-draft.ts'
import type { PlacedDraft, SheetKind } from './sheet-kind.ts'

/** The answers that show a draft. Nothing of it is in the plan yet. */

/** Sentences above the preview. */
export interface PreviewRemarks {
  readonly remarks?: readonly string[]
  readonly sections?: readonly PreviewSection[]
}

/** Shows a draft, or asks into which programme it goes. */
export async function showDraft(
  context: CommandContext,
  kinds: readonly SheetKind[],
  draft: ImportDraft,
  remarks: PreviewRemarks = {},
): Promise<CommandResult> {
  const office = await officeProgrammes(context)
  const programme = office.find(({ id }) => id === draft.programmeId)
  if (!programme) return askProgramme(draft, office, remarks)
  const placed = { ...draft, programme }
  const preview = await kindOf(kinds, draft).preview(context, placed)
  return showPreview(context, placed, preview, remarks)
}

export function kindOf(kinds: readonly SheetKind[], { kind }: ImportDraft): SheetKind {
  const found = kinds.find(({ key }) => key === kind)
  if (found) return found
  throw new Error(`No kind of sheet is called ${kind}`)
}

/** Shows what was read, and remembers what it said would change. */
export async function showPreview(
  { tx }: CommandContext,
  draft: PlacedDraft,
  preview: SheetPreview,
  { remarks = [], sections = [] }: PreviewRemarks = {},
): Promise<CommandResult> {
  const fingerprint = fingerprintOf(preview)
  await changeDraft(tx, draft.id, { shown: { fingerprint, effects: [...preview.effects] } })
  const { fileName, programme } = draft
  return {
    card: importPreviewCard({
      heading: `Not saved yet: a sheet for ${programme.key}`,
      intro: [fileName, ...remarks, ...preview.intro, closingLine(preview)],
      sections: [...sections, ...preview.sections],
      buttons: [
        ...saveButtons(draft, preview, fingerprint),
        ...preview.corrections,
        cancelButton(draft),
      ],
    }),
  }
}

const acceptText = 'Accept and import all'

function closingLine(preview: SheetPreview): string {
  const { obstacle, effects, problemRows, corrections, asksAcceptance = false } = preview
  if (obstacle) {
    return corrections.length > 0
      ? 'Say what the headings mean, or mend the sheet and send it again.'
      : 'Mend the sheet and send it again.'
  }
  if (effects.length === 0)
    return 'Nothing in it differs from the plan: there is nothing to import.'
  return problemRows.length > 0
    ? 'Nothing is imported until you choose how. It is kept for a day.'
    : `Nothing is in the plan until you press ${asksAcceptance ? acceptText : 'Import'}. It is kept for a day.`
}

function saveButtons(draft: ImportDraft, preview: SheetPreview, fingerprint: string) {
  const { obstacle, effects, problemRows, asksAcceptance = false } = preview
  if (obstacle || effects.length === 0) return []
  return problemRows.length === 0
    ? [saveButton(draft, fingerprint, 'all', asksAcceptance ? acceptText : 'Import')]
    : [
        saveButton(draft, fingerprint, 'rest', 'Import all but these rows'),
        saveButton(draft, fingerprint, 'all', acceptText),
      ]
}

/** The preview once more, with what is otherwise than what the person saw. */
export async function showChangedPreview(
  context: CommandContext,
  { subject }: Pick<SheetKind, 'subject'>,
  draft: PlacedDraft,
  preview: SheetPreview,
): Promise<CommandResult> {
  const { appeared, gone } = compareEffects(draft.shown?.effects ?? [], preview.effects)
  const lines = (texts: readonly string[]) => texts.map(plainLine)
  const sections = fitSections([
    { heading: 'Would change now, and did not before', lines: lines(appeared), most: 10 },
    { heading: 'Would not change any more', lines: lines(gone), most: 10 },
  ])
  const remarks = [`${subject} changed since you looked, so nothing was imported. Look again:`]
  return showPreview(context, draft, preview, { remarks, sections })
}

function askProgramme(
  draft: ImportDraft,
  office: Awaited<ReturnType<typeof officeProgrammes>>,
  { remarks = [] }: PreviewRemarks,
): CommandResult {
  return {
    card: importPreviewCard({
      heading: 'Not saved yet: which programme is it for?',
      intro: [
        draft.fileName,
        ...remarks,
        'You are in the office of several programmes. Say into which this sheet goes; nothing is imported by that.',
      ],
      sections: [],
      buttons: [...office.map((programme) => intoButton(draft, programme)), cancelButton(draft)],
    }),
  }
}
