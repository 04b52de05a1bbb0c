import { type CivilDate, fullDate, fullMoment } from '../../../../base/dates.ts'
import type { Paper } from '../../../../base/papers/paper.ts'
import type { DraftContent } from '../../../../domain/papers/draft-store.ts'
import type { IssuedPaper } from '../../../../domain/papers/issued-papers.ts'
import type { Audience } from '../../../../domain/programme/audience.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import { nextBoardMeeting } from '../../../../domain/rounds/board-meetings.ts'
import type { ReadTx } from '../../../../infra/db.ts'
import { composePaper, type PaperLayout, readers } from '../layout.ts'
import { layoutByKey } from '../layouts/registry.ts'
import { loadPaperSnapshot } from '../snapshot.ts'

/** What a paper says before it is issued, and what stands below its title once it has a number. */

export interface ContentRequest {
  readonly programme: Programme
  readonly layout: PaperLayout
  readonly subject: string | undefined
  readonly audience: Audience
  readonly today: CivilDate
  readonly asAt: CivilDate
}

/** @throws Refusal as `loadPaperSnapshot` and `composePaper` do */
export async function loadPaperContent(tx: ReadTx, asked: ContentRequest): Promise<DraftContent> {
  const { programme, layout, subject, audience, today, asAt } = asked
  const snapshot = await loadPaperSnapshot(tx, { programme, today, asAt, reader: audience, layout })
  return {
    ...{ layout: layout.key, subject: subject ?? null, audience, asAt },
    dataFrom: snapshot.digest.previousAsAt,
    meetingOn: nextBoardMeeting(programme, asAt)?.on ?? null,
    content: composePaper(layout, snapshot, subject),
  }
}

/** Its dates; of a draft without the day it was issued. */
export interface PaperDates extends Pick<IssuedPaper, 'edition' | 'corrects' | 'meetingOn'> {
  readonly draftedAt?: Date | null
  readonly approvedAt?: Date | null
  /** Who approved it, by name. */
  readonly approvedBy?: string
  readonly issuedAt?: Date
}

/** The same paper with its number, edition and dates below its title. */
export function withDates(content: Paper, number: number, dates: PaperDates, zone: string): Paper {
  const { edition, corrects, draftedAt, approvedAt, approvedBy, issuedAt, meetingOn } = dates
  const draft = issuedAt ? '' : ', draft'
  const fact = (name: string, value: string | false | null | undefined) =>
    value ? [{ name, value }] : []
  const moment = (at: Date | null | undefined) => at && fullMoment(at, zone)
  const approved = moment(approvedAt)
  return {
    ...content,
    facts: [
      ...fact('Paper', `${number}${edition > 1 ? `, edition ${edition}` : ''}${draft}`),
      ...fact('Corrects', corrects),
      ...content.facts,
      ...fact('Drafted', moment(draftedAt)),
      ...fact('Approved', approved && `${approved}${approvedBy ? ` by ${approvedBy}` : ''}`),
      ...fact('Issued', moment(issuedAt)),
      ...fact('Meeting', meetingOn && fullDate(meetingOn)),
    ],
  }
}

type TitledPaper = Pick<DraftContent, 'layout' | 'subject' | 'asAt' | 'audience'> & {
  readonly number: number
  readonly edition: number
}

/** 'Paper 3: Quarterly overview as at Fri 27 Feb 2026, for the board' */
export function titleOf({ number, edition, layout, subject, asAt, audience }: TitledPaper): string {
  const about = subject ? ` about ${subject}` : ''
  const which = edition > 1 ? `${number}, edition ${edition}` : `${number}`
  const { title } = layoutByKey(layout)
  return `Paper ${which}: ${title}${about} as at ${fullDate(asAt)}, for ${readers[audience]}`
}
