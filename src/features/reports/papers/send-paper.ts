import { newId } from '../../../base/ids.ts'
import type { Paper } from '../../../base/papers/paper.ts'
import type { CommandContext, CommandResult } from '../../../chat/commands.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { paperTemplateAt } from '../../../domain/papers/template-store.ts'
import { directPlaceOfIdentity } from '../../../domain/people/direct-places.ts'
import { requirePersonId } from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import type { ReadTx } from '../../../infra/db.ts'
import type { NewFile } from '../../../outbox/files.ts'
import { defineMessageKind } from '../../../outbox/message-kinds.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { type WrittenFile, writeInHouseStyle } from './house-style.ts'
import { type PaperFormat, paperFormats } from './write-paper.ts'

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
  /** Its layout's key. */
  readonly layout: string
  readonly paper: Paper
  /** The file's, without its ending. */
  readonly name: string
  readonly format: PaperFormat
  /** The moment that the file says it was made, UTC. */
  readonly at: Date
  /** When its words were frozen, UTC, where that was earlier. */
  readonly styledAt?: Date
  /** What it is. */
  readonly lines: readonly string[]
  /** Of the answer. */
  readonly heading?: string
}

/** Sends a paper to whoever asks, in private. */
export async function sendPaper(
  context: CommandContext,
  { lines, heading, ...asked }: PaperToSend,
): Promise<CommandResult> {
  const { file, remarks } = await paperFile(context.tx, asked)
  return sendFile(context, asked.programme, file, [...lines, ...remarks], heading)
}

/** Sends a file to whoever asks, in private. @param lines what it is */
export async function sendFile(
  { tx, actor, now }: CommandContext,
  programme: Programme,
  file: NewFile,
  lines: readonly string[],
  heading = 'On its way',
): Promise<CommandResult> {
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

export interface PaperFile extends Omit<WrittenFile, 'bytes'> {
  readonly file: NewFile
}

/** The file of a paper, as a message brings it, in the office's own Word file where one is kept. */
export async function paperFile(
  tx: ReadTx,
  asked: Omit<PaperToSend, 'lines' | 'heading'>,
): Promise<PaperFile> {
  const { programme, layout, paper, name, format, at, styledAt = at } = asked
  const template =
    format === 'docx' ? await paperTemplateAt(tx, programme.id, layout, styledAt) : undefined
  const { bytes, ...told } = await writeInHouseStyle(paper, { format, at, template })
  const { contentType } = paperFormats[format]
  return { ...told, file: { name: `${name}.${format}`, contentType, bytes } }
}
