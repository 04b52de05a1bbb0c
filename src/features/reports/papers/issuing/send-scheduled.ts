import { mayInAll } from '../../../../authority/members.ts'
import type { Place } from '../../../../base/addresses.ts'
import { noticeCard } from '../../../../chat/notice.ts'
import type { Channel } from '../../../../chat/port.ts'
import type { PaperDraft } from '../../../../domain/papers/draft-store.ts'
import type { IssuedPaper } from '../../../../domain/papers/issued-papers.ts'
import { loadPaperSchedule, type PaperSchedule } from '../../../../domain/papers/schedule-store.ts'
import { directPlaceOf } from '../../../../domain/people/direct-places.ts'
import { authorName, namesOf } from '../../../../domain/people/names.ts'
import type { Audience } from '../../../../domain/programme/audience.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import type { Tx } from '../../../../infra/db.ts'
import { enqueue } from '../../../../outbox/outbox.ts'
import { formatNames, paperFile, paperKind } from '../send-paper.ts'
import { type Issuing, issueDraft } from './issue-draft.ts'
import { tellOffice } from './messages.ts'
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
  const schedule = await scheduleOf(tx, draft)
  if (schedule) await sendScheduled(tx, programme, { schedule, draft, issued, ...issuing })
  return issued
}

/** The schedule that a draft is for; undefined where it is for none, or that has ended. */
export async function scheduleOf(
  tx: Tx,
  { origin }: Pick<PaperDraft, 'origin'>,
): Promise<PaperSchedule | undefined> {
  return origin ? loadPaperSchedule(tx, origin.scheduleId) : undefined
}

interface Sending {
  readonly schedule: PaperSchedule
  readonly draft: PaperDraft
  readonly issued: IssuedPaper
  readonly now: Date
  channel(place: Place): Promise<Channel>
}

/**
 * Whether a paper for these readers may be put into a channel as a file, which all who read there then have: one for the
 * public anywhere, any other where people are invited, and nobody from outside is. What cannot be told counts as no.
 */
export function mayHaveFile(
  audience: Audience,
  { visibility, areMembersKnown = true }: Channel,
): boolean {
  return audience === 'public' || (visibility === 'private' && areMembersKnown)
}

/**
 * The file goes to the channel or the person of the schedule. Where it may not be in the channel, or the platform puts no
 * files there, the button brings the paper to whoever may have it.
 */
async function sendScheduled(
  tx: Tx,
  programme: Programme,
  { schedule, draft, issued, now, channel }: Sending,
): Promise<void> {
  const { to } = schedule
  const about = `${schedule.id}:${draft.origin?.round}`
  const title = `${titleOf(issued)} of ${programme.title}.`
  const common = { key: `paper-schedule:${about}`, kind: paperKind, programmeIds: [programme.id] }
  const format = formatNames[schedule.format] ?? 'docx'
  const made = async () => {
    const paper = await paperFile(tx, { ...issuedPaperOf(programme, issued), format })
    await tellOfTemplate(tx, programme, { about, title, fault: paper.templateFault, now })
    return paper
  }
  if ('place' in to) {
    const isFilePosted = mayHaveFile(issued.audience, await channel(to.place))
    const { file, remarks } = isFilePosted ? await made() : noFile
    const data = { programme: programme.key, number: String(issued.number) }
    const card = noticeCard({
      heading: 'A paper is issued',
      lines: [title, ...remarks],
      buttons: [{ title: 'Send it to me', verb: 'paper-again', data }],
    })
    const why = ['The programme office has its papers posted in this channel.']
    await enqueue(tx, { ...common, place: to.place, card, file, why }, now)
    return
  }
  const place = await placeOfReader(tx, programme, to.personId)
  if (!place) {
    await tellOfReader(tx, programme, { about, title, personId: to.personId, now })
    return
  }
  const { file, remarks } = await made()
  const card = noticeCard({ heading: file.name, lines: [title, ...remarks], buttons: [] })
  const why = ['The programme office has it sent to you each time.']
  await enqueue(tx, { ...common, place, card, file, why, personId: to.personId }, now)
}

const noFile = { file: undefined, remarks: [] }

/** Where somebody who may still read the plan can be written to. */
async function placeOfReader(
  tx: Tx,
  { id }: Programme,
  personId: string,
): Promise<Place | undefined> {
  return (await mayInAll(tx, personId, 'read plan', [id])) ? directPlaceOf(tx, personId) : undefined
}

interface Trouble {
  readonly about: string
  readonly title: string
  readonly now: Date
}

async function tellOfTemplate(
  tx: Tx,
  programme: Programme,
  { about, title, fault, now }: Trouble & { readonly fault: string | undefined },
): Promise<void> {
  if (fault === undefined) return
  const note = {
    key: `template:${about}`,
    heading: 'A paper went out in the plain style',
    lines: [
      title,
      `${fault} It was sent all the same. To mend it, change the file in Word and send it to me again with “paper template”.`,
    ],
  }
  await tellOffice(tx, programme, note, now)
}

async function tellOfReader(
  tx: Tx,
  programme: Programme,
  { about, title, personId, now }: Trouble & { readonly personId: string },
): Promise<void> {
  const name = authorName(await namesOf(tx, [personId]), personId)
  const note = {
    key: `reader:${about}`,
    heading: 'A paper reached nobody',
    lines: [
      `${title} It is issued, and was to be sent to ${name}, who has left the programme or has no account that I can write to.`,
      'To have it sent to somebody else, say the line of the schedule again with their name, and end the old one: “paper schedules” lists them.',
    ],
  }
  await tellOffice(tx, programme, note, now)
}
