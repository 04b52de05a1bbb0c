import { z } from 'zod'
import { archivedRefusal } from '../../../authority/refusals.ts'
import { fullDate, fullMoment } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import { programmeArgs } from '../../../chat/args.ts'
import { type Command, defineCommand, defineQuery } from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { parseAsAtDate } from '../../../domain/deadlines/date-args.ts'
import { diffPapers } from '../../../domain/papers/diff-papers.ts'
import {
  type IssuedPaper,
  issuePaper,
  listIssuedPapers,
  loadIssuedPaper,
} from '../../../domain/papers/issued-papers.ts'
import { findProgramme, findProgrammeTo } from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { nextBoardMeeting } from '../../../domain/rounds/board-meetings.ts'
import { composePaper, readers } from './layout.ts'
import { layoutByKey } from './layouts/registry.ts'
import { fileWordsOf, lowerCase, paperArgs, paperSlots } from './paper-command.ts'
import { formatNames, sendPaper } from './send-paper.ts'
import { loadPaperSnapshot } from './snapshot.ts'

/** Papers that were issued: they have a number, their dates and their readers, and do not change any more. */

const paperIssue = defineCommand({
  name: 'paper-issue',
  usages: [
    'paper issue <layout> [about <subject>] [as <format>] [to <audience>] [on <date>] [for <programme>]',
  ],
  slots: paperSlots,
  examples: ['paper issue overview', 'paper issue highlight about 2.1 as pdf to board for W17'],
  authority: ['publish digest'],
  summary:
    'Issue a paper under a number: it is frozen, and “paper 3 changes” lists what is otherwise since. For the programme office.',
  args: paperArgs,
  run: async (context, args) => {
    const { tx, actor, today, now } = context
    const layout = layoutByKey(args.layout.replaceAll(' ', '-'))
    const programme = await findProgrammeTo(context, 'publish digest', args.programme)
    const { audience, subject } = args
    const asAt = parseAsAtDate(args.date, today)
    const snapshot = await loadPaperSnapshot(tx, { programme, today, asAt, reader: audience })
    const meetingOn = nextBoardMeeting(programme, asAt)?.on ?? null
    const composed = composePaper(layout, snapshot, subject)
    const issued = await issuePaper(tx, programme, {
      ...{ layout: layout.key, subject: subject ?? null, audience, asAt, meetingOn },
      ...{ dataFrom: snapshot.digest.previousAsAt, issuedAt: now, issuedById: actor.personId },
      compose: (number) => ({
        ...composed,
        facts: [
          { name: 'Paper', value: String(number) },
          ...composed.facts,
          { name: 'Issued', value: fullMoment(now, programme.zone) },
          ...(meetingOn ? [{ name: 'Meeting', value: fullDate(meetingOn) }] : []),
        ],
      }),
    })
    const heading = `Saved: paper ${issued.number} is issued`
    return sendIssued(context, { programme, issued, format: args.format, heading })
  },
})

type SendContext = Parameters<typeof sendPaper>[0]

interface IssuedToSend {
  readonly programme: Programme
  readonly issued: IssuedPaper
  readonly format: string
  readonly heading?: string
}

function sendIssued(
  context: SendContext,
  { programme, issued, format, heading }: IssuedToSend,
): ReturnType<typeof sendPaper> {
  const { number, layout, subject, asAt, issuedAt, content } = issued
  return sendPaper(context, {
    ...{ programme, paper: content, at: issuedAt, format: formatNames[format] ?? 'docx' },
    name: `${programme.key} paper ${number} ${layout}${fileWordsOf(subject ?? '')} ${asAt}`,
    lines: [
      `${titleOf(issued)} of ${programme.title}, as it was issued.`,
      `To see what is otherwise by now: ${context.prefix} paper ${number} changes.`,
    ],
    ...(heading === undefined ? {} : { heading }),
  })
}

/** 'Paper 3: Quarterly overview as at Fri 27 Feb 2026, for the board' */
function titleOf({
  number,
  layout,
  subject,
  asAt,
  audience,
}: Omit<IssuedPaper, 'content'>): string {
  const about = subject ? ` about ${subject}` : ''
  const { title } = layoutByKey(layout)
  return `Paper ${number}: ${title}${about} as at ${fullDate(asAt)}, for ${readers[audience]}`
}

/** PostgreSQL's int ends at 2,147,483,647, and no programme issues a million papers. */
const paperNumber = z.coerce
  .number()
  .int('Say which paper, by its number.')
  .min(1, 'Papers are numbered from 1.')
  .max(999_999, 'No paper has so high a number.')
const issuedArgs = programmeArgs.extend({ number: paperNumber })

const paperAgain = defineCommand({
  name: 'paper-again',
  usages: ['paper <number> [as <format>] [for <programme>]'],
  slots: {
    number: slot.position,
    format: oneOf(...Object.keys(formatNames)),
    programme: slot.word,
  },
  examples: ['paper 3', 'paper 3 as pdf for W17'],
  authority: ['read plan'],
  summary: 'A paper as it was issued, in our direct message.',
  args: issuedArgs.extend({ format: lowerCase.default('word') }),
  run: async (context, { number, format, programme: key }) => {
    const programme = await findProgramme(context.tx, context.actor, key)
    if (programme.isArchived) throw archivedRefusal()
    const issued = await loadIssuedPaper(context.tx, programme, number)
    return sendIssued(context, { programme, issued, format })
  },
})

const maxChangesShown = 20

const paperChanges = defineQuery({
  name: 'paper-changes',
  usages: ['paper <number> changes [for <programme>]'],
  slots: { number: slot.position, programme: slot.word },
  examples: ['paper 3 changes'],
  authority: ['read plan'],
  summary: 'What a paper would say otherwise today. The paper itself stays as it was issued.',
  args: issuedArgs,
  run: async ({ tx, actor, today }, { number, programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    const issued = await loadIssuedPaper(tx, programme, number)
    const { layout, subject, audience: reader, content } = issued
    const snapshot = await loadPaperSnapshot(tx, { programme, today, asAt: today, reader })
    const now = composePaper(layoutByKey(layout), snapshot, subject ?? undefined)
    const changes = diffPapers(content, now)
    const more = changes.length - maxChangesShown
    return {
      card: noticeCard({
        heading: `${titleOf(issued)}, and today`,
        lines:
          changes.length === 0
            ? ['Nothing in it has changed since it was issued.']
            : [
                `Changed since it was issued: ${plural(changes.length, 'line')}.`,
                ...changes.slice(0, maxChangesShown),
                ...(more > 0 ? [`${plural(more, 'more change')} not listed.`] : []),
              ],
        buttons: [],
      }),
    }
  },
})

const maxListed = 20

const paperList = defineQuery({
  name: 'papers',
  usages: ['papers [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['papers', 'papers for W17'],
  authority: ['read plan'],
  summary:
    'The papers that were issued, the last one first: number, dates, readers, and a hash of what each says.',
  args: programmeArgs,
  run: async ({ tx, actor, prefix }, { programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    const papers = await listIssuedPapers(tx, programme, maxListed)
    const lines = papers.map((issued) => {
      const { issuedAt, meetingOn, dataFrom, hash } = issued
      return [
        `${titleOf(issued)}. Issued ${fullMoment(issuedAt, programme.zone)}`,
        dataFrom ? `news since ${fullDate(dataFrom)}` : '',
        meetingOn ? `meeting ${fullDate(meetingOn)}` : '',
        `SHA-256 ${hash.slice(0, 12)}…`,
      ]
        .filter(Boolean)
        .join(', ')
    })
    const none = `No paper was issued yet. The programme office issues one: ${prefix} paper issue overview.`
    return {
      card: noticeCard({
        heading: `Papers of ${programme.title}`,
        lines: lines.length > 0 ? lines : [none],
        buttons: [],
      }),
    }
  },
})

export const issueCommands: readonly Command[] = [paperIssue, paperAgain, paperChanges, paperList]
