import { noticeCard } from '../../../../chat/notice.ts'
import type { PaperDraft } from '../../../../domain/papers/draft-store.ts'
import type { IssuedPaper } from '../../../../domain/papers/issued-papers.ts'
import { loadPaperSchedule, type PaperSchedule } from '../../../../domain/papers/schedule-store.ts'
import { directPlaceOf } from '../../../../domain/people/direct-places.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import type { Tx } from '../../../../infra/db.ts'
import { enqueue } from '../../../../outbox/outbox.ts'
import { formatNames, paperFile, paperKind } from '../send-paper.ts'
import { type Issuing, issueDraft } from './issue-draft.ts'
import { titleOf } from './paper-content.ts'
import { issuedPaperOf } from './send-numbered.ts'

/** Issues a draft; one of a schedule is sent where that says, once. Call it with the programme locked. */
export async function issueAndSend(
  tx: Tx,
  programme: Programme,
  draft: PaperDraft,
  issuing: Issuing,
): Promise<IssuedPaper> {
  const issued = await issueDraft(tx, programme, draft, issuing)
  const schedule = draft.origin && (await loadPaperSchedule(tx, draft.origin.scheduleId))
  if (schedule) await sendScheduled(tx, programme, { schedule, draft, issued, now: issuing.now })
  return issued
}

interface Sending {
  readonly schedule: PaperSchedule
  readonly draft: PaperDraft
  readonly issued: IssuedPaper
  readonly now: Date
}

/** A channel is told, and who wants the paper gets it in private; a person gets the file. */
async function sendScheduled(
  tx: Tx,
  programme: Programme,
  { schedule, draft, issued, now }: Sending,
): Promise<void> {
  const { to } = schedule
  const key = `paper-schedule:${schedule.id}:${draft.origin?.round}`
  const title = `${titleOf(issued)} of ${programme.title}.`
  const common = { key, kind: paperKind, programmeIds: [programme.id] }
  if ('place' in to) {
    const data = { programme: programme.key, number: String(issued.number) }
    const card = noticeCard({
      heading: 'A paper is issued',
      lines: [title],
      buttons: [{ title: 'Send it to me', verb: 'paper-again', data }],
    })
    const why = ['The programme office has its papers posted in this channel.']
    await enqueue(tx, { ...common, place: to.place, card, why }, now)
    return
  }
  const place = await directPlaceOf(tx, to.personId)
  if (!place) return
  const format = formatNames[schedule.format] ?? 'docx'
  const { file, remarks } = await paperFile(tx, { ...issuedPaperOf(programme, issued), format })
  const card = noticeCard({ heading: file.name, lines: [title, ...remarks], buttons: [] })
  const why = ['You asked to get it each time.']
  await enqueue(tx, { ...common, place, card, file, why, personId: to.personId }, now)
}
