import { z } from 'zod'
import { archivedRefusal } from '../../../authority/refusals.ts'
import { fullDate } from '../../../base/dates.ts'
import { programmeArgs } from '../../../chat/args.ts'
import { defineCommand, optionalText } from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { parseAsAtDate } from '../../../domain/deadlines/date-args.ts'
import { findProgramme } from '../../../domain/plan/lookup.ts'
import { type Audience, audiences } from '../../../domain/programme/audience.ts'
import { composePaper, readers } from './layout.ts'
import { layoutByKey, paperLayouts } from './layouts/registry.ts'
import { formatNames, sendPaper } from './send-paper.ts'
import { loadPaperSnapshot } from './snapshot.ts'

/** What a file may be called on every system. */
export const fileWordsOf = (subject = '') =>
  subject === '' ? '' : ` ${subject.replace(/[^\p{L}\p{N}.]+/gu, '-').slice(0, 40)}`

export const lowerCase = z.string().toLowerCase()

export const paperSlots = {
  layout: oneOf(...paperLayouts.map(({ key }) => key)),
  subject: slot.text,
  format: oneOf(...Object.keys(formatNames)),
  audience: oneOf(...audiences),
  date: slot.date,
  programme: slot.word,
}

export const paperArgs = programmeArgs.extend({
  /** Its key, which people may type with spaces. */
  layout: z.string().transform((text) => text.replaceAll(' ', '-')),
  subject: optionalText,
  format: lowerCase.default('word'),
  audience: lowerCase.pipe(z.enum(audiences)).default('board'),
  date: optionalText,
})

/** Sends a paper to whoever asks for it, in private. */
export const paperCommand = defineCommand({
  name: 'paper',
  usages: [
    'paper <layout> [about <subject>] [as <format>] [to <audience>] [on <date>] [for <programme>]',
  ],
  slots: paperSlots,
  examples: [
    'paper summary',
    'paper highlight about 2.1 as pdf',
    'paper summary as pdf to public on 3 Mar for W17',
  ],
  authority: ['read plan'],
  summary: `A paper for the board, in our direct message: ${paperLayouts.map(({ key, about }) => `“${key}”, ${about}`).join('; ')}. As Word, “as pdf” or “as excel”.`,
  args: paperArgs,
  run: async (context, args) => {
    const { tx, actor, today, now } = context
    const layout = layoutByKey(args.layout)
    const programme = await findProgramme(tx, actor, args.programme)
    if (programme.isArchived) throw archivedRefusal()
    const asAt = parseAsAtDate(args.date, today)
    const reader: Audience = args.audience
    const snapshot = await loadPaperSnapshot(tx, { programme, today, asAt, reader, layout })
    const day = fullDate(asAt)
    return sendPaper(context, {
      ...{ programme, layout: layout.key, at: now, format: formatNames[args.format] ?? 'docx' },
      paper: composePaper(layout, snapshot, args.subject),
      name: `${programme.key} ${layout.key}${fileWordsOf(args.subject)} ${asAt}`,
      lines: [`${layout.title} of ${programme.title} as at ${day}, for ${readers[reader]}.`],
    })
  },
})
