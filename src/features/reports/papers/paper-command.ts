import { z } from 'zod'
import { archivedRefusal } from '../../../authority/refusals.ts'
import { fullDate } from '../../../base/dates.ts'
import { newId } from '../../../base/ids.ts'
import { programmeArgs } from '../../../chat/args.ts'
import { defineCommand, optionalText } from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { parseAsAtDate } from '../../../domain/deadlines/date-args.ts'
import { directPlaceOfIdentity } from '../../../domain/people/direct-places.ts'
import { findProgramme, requirePersonId } from '../../../domain/plan/lookup.ts'
import { type Audience, audiences } from '../../../domain/programme/audience.ts'
import { defineMessageKind } from '../../../outbox/message-kinds.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { composePaper, readers } from './layout.ts'
import { layoutByKey, paperLayouts } from './layouts/registry.ts'
import { loadPaperSnapshot } from './snapshot.ts'
import { type PaperFormat, paperFormats, writePaper } from './write-paper.ts'

export const paperKind = defineMessageKind({
  kind: 'paper',
  title: 'Paper',
  authority: 'read plan',
})

/** What people call the two formats. */
const formatNames: Readonly<Record<string, PaperFormat>> = {
  word: 'docx',
  docx: 'docx',
  pdf: 'pdf',
  excel: 'xlsx',
  xlsx: 'xlsx',
}

/** What a file may be called on every system. */
const fileWordsOf = (subject = '') =>
  subject === '' ? '' : ` ${subject.replace(/[^\p{L}\p{N}.]+/gu, '-').slice(0, 40)}`

const lowerCase = z.string().toLowerCase()

/** Sends a paper to whoever asks for it, in private. */
export const paperCommand = defineCommand({
  name: 'paper',
  usages: [
    'paper <layout> [about <subject>] [as <format>] [to <audience>] [on <date>] [for <programme>]',
  ],
  slots: {
    layout: oneOf(...paperLayouts.map(({ key }) => key)),
    subject: slot.text,
    format: oneOf(...Object.keys(formatNames)),
    audience: oneOf(...audiences),
    date: slot.date,
    programme: slot.word,
  },
  examples: [
    'paper summary',
    'paper highlight about 2.1 as pdf',
    'paper summary as pdf to public on 3 Mar for W17',
  ],
  authority: ['read plan'],
  summary: `A paper for the board, in our direct message: ${paperLayouts.map(({ key, about }) => `“${key}”, ${about}`).join('; ')}. As Word, “as pdf” or “as excel”.`,
  args: programmeArgs.extend({
    layout: z.string(),
    subject: optionalText,
    format: lowerCase.default('word'),
    audience: lowerCase.pipe(z.enum(audiences)).default('board'),
    date: optionalText,
  }),
  run: async ({ tx, actor, today, now }, args) => {
    const layout = layoutByKey(args.layout.replaceAll(' ', '-'))
    const programme = await findProgramme(tx, actor, args.programme)
    if (programme.isArchived) throw archivedRefusal()
    const asAt = parseAsAtDate(args.date, today)
    const reader: Audience = args.audience
    const snapshot = await loadPaperSnapshot(tx, { programme, today, asAt, reader })
    const format = formatNames[args.format] ?? 'docx'
    const name = `${programme.key} ${layout.key}${fileWordsOf(args.subject)} ${asAt}.${format}`
    const bytes = await writePaper(composePaper(layout, snapshot, args.subject), format, now)
    const lines = [
      `${layout.title} of ${programme.title} as at ${fullDate(asAt)}, for ${readers[reader]}.`,
    ]
    const message = {
      ...{ key: `paper:${newId()}`, kind: paperKind, personId: requirePersonId(actor) },
      place: await directPlaceOfIdentity(tx, actor.identity),
      card: noticeCard({ heading: name, lines, buttons: [] }),
      file: { name, contentType: paperFormats[format].contentType, bytes },
      programmeIds: [programme.id],
      why: ['You asked for it.'],
    }
    await enqueue(tx, message, now)
    const line = `${name} comes to our direct message in a moment.`
    return { card: noticeCard({ heading: 'On its way', lines: [line], buttons: [] }) }
  },
})
