import type { CommandContext, CommandResult } from '../../../../chat/commands.ts'
import { loadDraftPaper, type PaperDraft } from '../../../../domain/papers/draft-store.ts'
import type { IssuedPaper } from '../../../../domain/papers/issued-papers.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import type { ReadTx } from '../../../../infra/db.ts'
import { fileWordsOf } from '../paper-command.ts'
import { formatNames, sendPaper } from '../send-paper.ts'
import { titleOf, withDates } from './paper-content.ts'

/** Sends a paper that has a number, or a draft of one, to whoever asks. */

interface Asked {
  readonly programme: Programme
  /** As people call it. */
  readonly format: string
  readonly heading?: string
}

export function sendIssued(
  context: CommandContext,
  { programme, issued, format, heading }: Asked & { readonly issued: IssuedPaper },
): Promise<CommandResult> {
  const { number } = issued
  return sendPaper(context, {
    ...issuedPaperOf(programme, issued),
    format: formatNames[format] ?? 'docx',
    lines: [
      `${titleOf(issued)} of ${programme.title}, as it was issued.`,
      `To see what is otherwise by now: ${context.prefix} paper ${number} changes.`,
    ],
    ...(heading === undefined ? {} : { heading }),
  })
}

export async function sendDraft(
  context: CommandContext,
  { programme, draft, format, heading }: Asked & { readonly draft: PaperDraft },
): Promise<CommandResult> {
  return sendPaper(context, {
    ...(await draftPaperOf(context.tx, programme, draft)),
    format: formatNames[format] ?? 'docx',
    lines: [`Draft. ${titleOf(draft)} of ${programme.title}.`],
    ...(heading === undefined ? {} : { heading }),
  })
}

/** An issued paper as it was then: with its words go the looks of the moment at which they were frozen. */
export function issuedPaperOf(programme: Programme, issued: IssuedPaper) {
  const { layout, content: paper, issuedAt: at, draftedAt } = issued
  const name = `${programme.key} paper ${whichOf(issued)}`
  return { programme, layout, paper, at, styledAt: draftedAt ?? at, name }
}

/** The draft with its number and dates. */
export async function draftPaperOf(tx: ReadTx, programme: Programme, draft: PaperDraft) {
  const { layout, number, version, edition, corrects, draftedAt: at, meetingOn } = draft
  const dates = { edition, corrects, draftedAt: at, meetingOn }
  const content = await loadDraftPaper(tx, draft)
  const paper = withDates(content, number, dates, programme.zone)
  return {
    ...{ programme, layout, paper, at },
    name: `${programme.key} draft ${version} of paper ${whichOf(draft)}`,
  }
}

type Named = Pick<PaperDraft, 'number' | 'edition' | 'layout' | 'subject' | 'asAt'>

const whichOf = ({ number, edition, layout, subject, asAt }: Named) =>
  `${number}${edition > 1 ? ` edition ${edition}` : ''} ${layout}${fileWordsOf(subject ?? '')} ${asAt}`
