import type { Address, Place } from '../../../src/base/addresses.ts'
import { toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { setPaperTemplate } from '../../../src/domain/papers/template-store.ts'
import { appendRating } from '../../../src/domain/plan/milestone-store.ts'
import { postDigests } from '../../../src/features/digests/posting/publish.ts'
import {
  newcomerKeyPrefix,
  newcomerKind,
} from '../../../src/features/people/newcomers/newcomer-messages.ts'
import { answerKind } from '../../../src/features/questions/message-kinds.ts'
import type { Database } from '../../../src/infra/db.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { clockAt } from '../../support/clock.ts'
import { platformTitle } from '../../support/platforms.ts'
import {
  chatOn,
  day,
  direct,
  type StoredPerson,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'
import { type Members, type StoredThings, type Things, today, usualWord } from './things.ts'

/** A programme in which every command finds something to do, and every text holds the canary. */
export async function storeThings(
  db: Database,
  canary: string,
  conversation: string,
): Promise<StoredThings> {
  const members = await storeMembers(db, canary)
  const key = canary.toUpperCase()
  const channel: Place = { platform: 'slack', tenant: 'T1', conversation, kind: 'channel' }
  const programme = await storePlan(db, canary, members)
  await sayInFebruary(db, { key, canary, members, channel })
  await postDigest(db, conversation)
  await goOnLeave(db, programme, members)
  await sayOnTheDayBefore(db, { key, canary, members, channel })
  await setPaperTemplate(
    db,
    {
      ...{ programmeId: programme, layout: 'action-plan', byId: null, source: 'terminal' },
      now: new Date('2017-02-28T09:00:00Z'),
    },
    { fileName: `${canary}.docx`, bytes: Buffer.from(canary) },
  )
  await recordSentQuestion(db)
  const things: Things = {
    ...{ canary, word: usualWord, key, programme, channel },
    digest: { place: channel, messageId: digestMessageId(conversation) },
    asked: await loadAsked(db, members.lead),
    ...(await loadIds(db, programme)),
    draft: await sendSheet(db, canary, members.office),
    ...(await enqueueMessages(db, programme, members.lead)),
    viewer: members.viewer.name,
    deputy: members.deputy.name,
    awayLead: members.awayLead.name,
    unlinked: await storeUnlinked(db, programme, { canary, office: members.office }),
  }
  return { things, members }
}

/** A sheet with one project more, and without those of the plan. Gives the id of its draft. */
async function sendSheet(db: Database, canary: string, office: StoredPerson): Promise<string> {
  const rows = [`2,${canary} practice,,,`, `2.9,${canary} library,G,,31 Mar - ${canary} books`]
  const text = ['REF,WORKSTREAM DETAIL,RAG,COMMENTARY,March', ...rows].join('\n')
  const place: Place = { ...direct, conversation: `D${office.identity.user}` }
  await chatOn(db, today).ask(office, {
    ...{ place, directPlace: place },
    input: {
      ...{ by: 'files', text: '' },
      files: [{ name: `${canary}.csv`, read: async () => Buffer.from(text) }],
    },
  })
  return (await db.importDraft.findFirstOrThrow({ where: { personId: office.id } })).id
}

/** The account that nobody knows, of which each programme may say that it is somebody of theirs. */
export const newcomer = 'U-newcomer'

/** Somebody whom the plan names and who has no account, and may have written to Milepost. Gives their name. */
async function storeUnlinked(
  db: Database,
  programmeId: string,
  { canary, office }: { readonly canary: string; readonly office: StoredPerson },
): Promise<string> {
  const [id, name] = [newId(), `${canary} Newcomer`]
  await db.person.create({ data: { id, name, createdAt: new Date('2017-01-02') } })
  await db.membership.create({ data: { programmeId, personId: id, role: 'lead' } })
  const account = { platform: 'slack', tenant: 'T1', user: newcomer }
  const message = {
    ...{ key: `${newcomerKeyPrefix(account, id)}${programmeId}:`, kind: newcomerKind },
    ...{
      place: { ...direct, conversation: `D${office.identity.user}` },
      programmeIds: [programmeId],
    },
    card: noticeCard({ heading: `Is this ${name}?`, lines: [], buttons: [] }),
  }
  await enqueue(db, message, new Date('2017-02-28T09:00:00Z'))
  return name
}

let accounts = 0

/** The id of an account, which tells nothing of the programme. */
function nextAccount(): string {
  accounts += 1
  return `U${accounts}`
}

async function storeMembers(db: Database, canary: string): Promise<Members> {
  const person = (role: string) => storePerson(db, `${canary} ${role}`, nextAccount())
  return {
    office: await person('Office'),
    colleague: await person('Colleague'),
    sponsor: await person('Sponsor'),
    workstreamLead: await person('Workstream Lead'),
    lead: await person('Lead'),
    awayLead: await person('Away Lead'),
    deputy: await person('Deputy'),
    otherLead: await person('Other Lead'),
    viewer: await person('Viewer'),
    erased: await person('Erased'),
    withdrawn: await person('Withdrawn'),
  }
}

async function storePlan(db: Database, canary: string, members: Members): Promise<string> {
  const {
    office,
    colleague,
    sponsor,
    workstreamLead,
    lead,
    awayLead,
    otherLead,
    erased,
    withdrawn,
  } = members
  const programmeId = await storeProgramme(db, {
    key: canary.toUpperCase(),
    office: [office, colleague, erased, withdrawn],
    members: [members.deputy, members.viewer],
    workstreamLeads: [workstreamLead, erased, withdrawn],
    sponsors: [sponsor],
    projects: [
      {
        ...{ ref: '2.1', title: `${canary} website`, leads: [lead, awayLead, erased, withdrawn] },
        milestones: [
          [`${canary} pages written`, '2017-03-31'],
          [`${canary} supplier chosen`, '2017-04-28'],
          [`${canary} old pages gone`, '2017-02-24'],
          [`${canary} pictures taken`, '2017-02-10'],
          [`${canary} words agreed`, '2017-02-13'],
        ],
      },
      { ref: '2.2', title: `${canary} assessments`, leads: [otherLead] },
      { ref: '2.3', title: `${canary} training`, leads: [lead, awayLead] },
    ],
  })
  await db.workstream.updateMany({ where: { programmeId }, data: { title: `${canary} practice` } })
  const project = await db.project.findFirstOrThrow({ where: { programmeId, ref: '2.1' } })
  await db.workstream.create({
    data: { id: newId(), programmeId, ref: '7', title: `${canary} spare`, position: 7 },
  })
  // Its plan rates milestones, too. The day after the first updates: no state is an improvement on it.
  const milestone = { number: 5, projectId: project.id }
  const rated = await db.milestone.findFirstOrThrow({ where: milestone })
  const at = new Date('2017-02-16T08:00:00Z')
  const said = { byId: null, onBehalfOfId: null, source: 'import', at, onDay: day('2017-02-16') }
  await appendRating(db, rated.id, { state: 'green', raw: 'Green' }, said)
  await db.measure.create({
    data: {
      ...{ id: newId(), programmeId, number: 1, title: `${canary} visits in time`, position: 1 },
      addedOn: toDbDate(day('2017-01-02')),
      projects: { create: { projectId: project.id } },
    },
  })
  return programmeId
}

interface Setting {
  readonly key: string
  readonly canary: string
  readonly members: Members
  readonly channel: Place
}

/** Says a line in the channel of the programme, and fails where it is refused. */
function sayer(db: Database, on: string, { channel }: Pick<Setting, 'channel'>) {
  const chat = chatOn(db, on)
  return async (who: StoredPerson, line: string, more: Partial<ChatRequest> = {}) => {
    const asked = { input: { by: 'text' as const, text: line }, place: channel, ...more }
    const reply = await chat.ask(who, asked)
    const heading = wordsOf(reply).split('\n')[0] ?? ''
    if (!heading.startsWith('Saved') && !/Update rounds|Question|It waits/.test(heading))
      throw new Error(`“${line}” was not saved: ${wordsOf(reply)}`)
  }
}

async function sayInFebruary(db: Database, { key, canary, members, channel }: Setting) {
  const { office, colleague, lead, awayLead, otherLead, workstreamLead } = members
  await sayer(db, '2017-02-14', { channel })(lead, `2.3 red no ${canary} trainer green by 31 Mar`)
  const say = sayer(db, '2017-02-15', { channel })
  await say(office, 'digest here weekly monday 09:00')
  await say(office, 'admin second sponsor')
  await say(office, 'admin confirm improvement on')
  await say(office, 'admin confirm done on')
  await say(office, 'admin criteria five')
  await say(office, `admin criteria add ${canary} staff`)
  await say(office, `board 16 Mar ${canary} Cabinet`)
  await say(office, `admin closed 3 Apr to 7 Apr because the ${canary} offices are shut`)
  await say(office, `tag 2.1 ${canary} tag`)
  await say(lead, `2.1 green the ${canary} pages come on`)
  await say(awayLead, `2.3 amber a ${canary} trainer is found green by 31 Mar`)
  await say(otherLead, `2.2 amber the ${canary} form is long green by 31 Mar`)
  await say(awayLead, `flag 2.1 1 because the ${canary} writer is ill`)
  await say(awayLead, 'done 2.1 3')
  await say(office, 'admin moves over 30')
  await say(lead, `move 2.1 1 to 30 Jun 2018 because the ${canary} writer is ill`)
  await say(office, 'admin moves off')
  await say(lead, `kpi ${key}/1 50% for January 2017`)
  await say(lead, `risk red 2.1 no ${canary} provider mitigated by a second ${canary} tender`)
  await say(
    lead,
    `decision for 2.1 which ${canary} site needed from the ${canary} Cabinet by 30 Jun`,
  )
  await say(lead, `issue amber 2.1 the ${canary} heating failed`)
  await say(lead, 'close issue 1')
  await say(lead, `dependency 2.1 on 2.2 because of the ${canary} building`)
  await say(workstreamLead, `headline The ${canary} centre has opened`)
  await say(colleague, `override 2 red because two ${canary} leads have left`)
  await say(colleague, `override programme amber because of ${canary} gaps`)
  for (const who of Object.values(members)) {
    await say(who, 'follow 2.2')
    await say(who, 'mute 2.2 until 30 Apr')
    await say(who, 'quiet 18:00 to 08:00')
  }
}

/** The question stands in private with those who were asked. */
async function recordSentQuestion(db: Database): Promise<void> {
  await db.$executeRaw`
    UPDATE "OutboxMessage" SET state = 'sent', "sentAt" = "createdAt", "sentTo" = conversation,
      "messageId" = 'question to ' || conversation
    WHERE kind = 'question'`
}

async function loadAsked(db: Database, lead: StoredPerson): Promise<Address> {
  const { conversation, messageId } = await db.outboxMessage.findFirstOrThrow({
    where: { kind: 'question', personId: lead.id },
  })
  const place: Place = { platform: 'slack', tenant: 'T1', conversation, kind: 'direct' }
  return { place, messageId: messageId ?? '' }
}

const digestMessageId = (conversation: string) => `digest in ${conversation}`

/** Posts what is due on Monday 27 Feb, and records where the digest stands. */
async function postDigest(db: Database, conversation: string): Promise<void> {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const clock = clockAt(new Date('2017-02-27T09:00:00Z'))
  await postDigests({ db, clock, log, platformTitle, prefix: () => '/rag' })
  await db.outboxMessage.updateMany({
    where: { conversation, card: 'digest' },
    data: {
      ...{ state: 'sent', sentAt: clock.now(), sentTo: conversation },
      messageId: digestMessageId(conversation),
    },
  })
}

async function goOnLeave(db: Database, programmeId: string, members: Members): Promise<void> {
  const leave = (person: StoredPerson, deputy: StoredPerson | null, from: string, to: string) => ({
    ...{ id: newId(), personId: person.id, deputyId: deputy?.id ?? null, source: 'test' },
    ...{ from: toDbDate(day(from)), to: toDbDate(day(to)), at: new Date(today) },
  })
  const { awayLead, deputy, ...others } = members
  await db.leave.createMany({
    data: [
      leave(awayLead, deputy, '2017-02-27', '2017-03-10'),
      // The office said this one for them.
      { ...leave(members.viewer, null, '2017-09-04', '2017-09-08'), programmeId },
      ...[deputy, ...Object.values(others)].map((one) =>
        leave(one, null, '2017-12-18', '2017-12-22'),
      ),
    ],
  })
}

async function sayOnTheDayBefore(db: Database, setting: Setting): Promise<void> {
  const { canary, members, channel } = setting
  const say = sayer(db, '2017-02-28', setting)
  const message = { place: channel, messageId: digestMessageId(channel.conversation) }
  await say(members.viewer, `ask 2.1 Is the ${canary} tender out?`, { message })
  await say(members.colleague, 'digest approval on')
  await say(members.colleague, `digest headline A good ${canary} week`)
  await say(members.colleague, 'paper issue summary')
  await say(members.colleague, 'paper draft summary')
  await say(members.colleague, 'paper draft summary')
  await say(members.colleague, 'paper 3 check')
  await say(members.colleague, 'paper overview every month on 25')
}

/** A message that died and one that waits, both to the lead. */
async function enqueueMessages(db: Database, programmeId: string, lead: StoredPerson) {
  const now = new Date(`${today}T11:00:00Z`)
  const place: Place = { ...lead.identity, conversation: `D-${lead.identity.user}`, kind: 'direct' }
  const card = noticeCard({ heading: 'Answer', lines: [lead.name], buttons: [] })
  const numberOf = async (key: string) => {
    await enqueue(
      db,
      {
        key,
        kind: answerKind,
        place,
        card,
        programmeIds: [programmeId],
        personId: lead.id,
        why: [lead.name],
      },
      now,
    )
    const { sequence } = await db.outboxMessage.findUniqueOrThrow({ where: { key } })
    return String(sequence)
  }
  const deadMessage = await numberOf(`dead ${lead.id}`)
  const waitingMessage = await numberOf(`waiting ${lead.id}`)
  await db.outboxMessage.updateMany({
    where: { key: `dead ${lead.id}` },
    data: { state: 'dead', errorCode: 'slack:user_disabled', error: 'It was refused' },
  })
  return { deadMessage, waitingMessage }
}

async function loadIds(db: Database, programmeId: string) {
  const project = async (ref: string) =>
    (await db.project.findFirstOrThrow({ where: { programmeId, ref } })).id
  const milestone = async (number: number) =>
    (await db.milestone.findFirstOrThrow({ where: { number, project: { programmeId } } })).id
  const entry = async (kind: 'risk' | 'decision' | 'issue') =>
    (await db.registerEntry.findFirstOrThrow({ where: { programmeId, kind } })).id
  return {
    project: await project('2.1'),
    otherProject: await project('2.2'),
    improved: await project('2.3'),
    flagged: await milestone(1),
    milestone: await milestone(2),
    reported: await milestone(3),
    measure: (await db.measure.findFirstOrThrow({ where: { programmeId } })).id,
    risk: await entry('risk'),
    decision: await entry('decision'),
    issue: await entry('issue'),
    update: (
      await db.statusUpdate.findFirstOrThrow({ where: { project: { programmeId, ref: '2.2' } } })
    ).id,
    revision: (await db.planRevision.findFirstOrThrow({ where: { programmeId, field: 'tags' } }))
      .id,
    question: (await db.question.findFirstOrThrow({ where: { programmeId } })).id,
  }
}
