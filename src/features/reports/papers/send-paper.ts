import { newId } from '../../../base/ids.ts'
import type { Paper } from '../../../base/papers/paper.ts'
import type { CommandContext, CommandResult } from '../../../chat/commands.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { directPlaceOfIdentity } from '../../../domain/people/direct-places.ts'
import { requirePersonId } from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import type { NewFile } from '../../../outbox/files.ts'
import { defineMessageKind } from '../../../outbox/message-kinds.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { type PaperFormat, paperFormats, writePaper } from './write-paper.ts'

export const paperKind = defineMessageKind({
  kind: 'paper',
  title: 'Paper',
  authority: 'read plan',
})

/** What people call the formats. */
export const formatNames: Readonly<Record<string, PaperFormat>> = {
  word: 'docx',
  docx: 'docx',
  pdf: 'pdf',
  excel: 'xlsx',
  xlsx: 'xlsx',
}

export interface PaperToSend {
  readonly programme: Programme
  readonly paper: Paper
  /** The file's, without its ending. */
  readonly name: string
  readonly format: PaperFormat
  /** The moment that the file says it was made, UTC. */
  readonly at: Date
  /** What it is. */
  readonly lines: readonly string[]
  /** Of the answer. */
  readonly heading?: string
}

/** Sends a paper to whoever asks, in private. */
export async function sendPaper(
  { tx, actor, now }: CommandContext,
  { programme, paper, name, format, at, lines, heading = 'On its way' }: PaperToSend,
): Promise<CommandResult> {
  const file = await paperFile({ paper, name, format, at })
  const message = {
    ...{ key: `paper:${newId()}`, kind: paperKind, personId: requirePersonId(actor) },
    place: await directPlaceOfIdentity(tx, actor.identity),
    card: noticeCard({ heading: file.name, lines: [...lines], buttons: [] }),
    file,
    programmeIds: [programme.id],
    why: ['You asked for it.'],
  }
  await enqueue(tx, message, now)
  const line = `${file.name} comes to our direct message in a moment.`
  return { card: noticeCard({ heading, lines: [line], buttons: [] }) }
}

/** The file of a paper, as a message brings it. */
export async function paperFile({
  paper,
  name,
  format,
  at,
}: Pick<PaperToSend, 'paper' | 'name' | 'format' | 'at'>): Promise<NewFile> {
  const bytes = await writePaper(paper, format, at)
  return { name: `${name}.${format}`, contentType: paperFormats[format].contentType, bytes }
}
