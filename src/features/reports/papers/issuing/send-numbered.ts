import type { Paper } from '../../../../base/papers/paper.ts'
import type { CommandContext, CommandResult } from '../../../../chat/commands.ts'
import type { PaperDraft } from '../../../../domain/papers/draft-store.ts'
import type { IssuedPaper } from '../../../../domain/papers/issued-papers.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
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
  const { number, issuedAt, content } = issued
  return sendPaper(context, {
    ...{ programme, paper: content, at: issuedAt, format: formatNames[format] ?? 'docx' },
    name: issuedName(programme, issued),
    lines: [
      `${titleOf(issued)} of ${programme.title}, as it was issued.`,
      `To see what is otherwise by now: ${context.prefix} paper ${number} changes.`,
    ],
    ...(heading === undefined ? {} : { heading }),
  })
}

export function sendDraft(
  context: CommandContext,
  { programme, draft, format, heading }: Asked & { readonly draft: PaperDraft },
): Promise<CommandResult> {
  return sendPaper(context, {
    ...{ programme, paper: draftPaper(draft, programme), at: draft.draftedAt },
    format: formatNames[format] ?? 'docx',
    name: draftName(programme, draft),
    lines: [`Draft. ${titleOf(draft)} of ${programme.title}.`],
    ...(heading === undefined ? {} : { heading }),
  })
}

/** The draft with its number and dates. */
export function draftPaper(draft: PaperDraft, { zone }: Programme): Paper {
  const { number, content, edition, corrects, draftedAt, meetingOn } = draft
  return withDates(content, number, { edition, corrects, draftedAt, meetingOn }, zone)
}

type Named = Pick<PaperDraft, 'number' | 'edition' | 'layout' | 'subject' | 'asAt'>

/** The file's name without its ending. */
export function issuedName({ key }: Programme, paper: Named): string {
  return `${key} paper ${whichOf(paper)}`
}

export function draftName({ key }: Programme, draft: PaperDraft): string {
  return `${key} draft ${draft.version} of paper ${whichOf(draft)}`
}

const whichOf = ({ number, edition, layout, subject, asAt }: Named) =>
  `${number}${edition > 1 ? ` edition ${edition}` : ''} ${layout}${fileWordsOf(subject ?? '')} ${asAt}`
