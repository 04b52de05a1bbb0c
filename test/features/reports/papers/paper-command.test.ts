import { beforeEach, expect, test } from '@jest/globals'
import { Document, Packer, Paragraph } from 'docx'
import { type ChannelVisibility, unknownChannel } from '../../../../src/chat/port.ts'
import { createPaperJob } from '../../../../src/features/reports/papers/schedule/schedule-job.ts'
import { clockAt } from '../../../support/clock.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'
import { readDocx, readPdf } from '../../../support/read-paper.ts'
import { lastFile } from '../../../support/sent-sheets.ts'

/** `/rag paper`: a paper comes to whoever asks, and to nobody else. */

const fresh = emptyDatabase()
const chat = (on = '2026-02-27') => chatOn(fresh.db, on)
const silentLog = { info: () => {}, warn: () => {}, error: () => {} }
/** The minute's job, with what a platform says of each channel. */
const run = (moment: string, visibility: ChannelVisibility = 'cannot tell') =>
  createPaperJob({
    ...{ db: fresh.db, clock: clockAt(new Date(moment)), log: silentLog },
    channel: async () => ({ ...unknownChannel, visibility }),
  })()
const toOffice = async () => {
  const told = await fresh.db.outboxMessage.findMany({
    where: { kind: 'paper-office' },
    orderBy: { createdAt: 'asc' },
  })
  return told.map(({ data }) => JSON.stringify(data))
}

let priya: StoredPerson
let viewer: StoredPerson
let sara: StoredPerson

beforeEach(async () => {
  ;[priya, viewer, sara] = await storePeople(fresh.db, 'Priya Marlowe', 'Jo Fenn', 'Sara Ames')
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    members: [viewer],
    sponsors: [sara],
    projects: [
      {
        ref: '1.1',
        title: 'Practice standards',
        milestones: [
          ['Standards agreed', '2026-03-06'],
          ['Standards taught', '2026-06-30'],
        ],
      },
    ],
  })
})

test('comes to whoever asked as a Word file, in private, as at today and for the board', async () => {
  await chat('2026-02-25').ask(
    priya,
    '1.1 red the panel is waiting green by 30 Jun for internal only',
  )
  expect(wordsOf(await chat().ask(viewer, 'paper summary'))).toContain(
    'W17 summary 2026-02-27.docx comes to our direct message in a moment.',
  )
  const { name, bytes, contentType } = await lastFile(fresh.db)
  expect({ name, contentType }).toEqual({
    name: 'W17 summary 2026-02-27.docx',
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  })
  const message = await fresh.db.outboxMessage.findFirstOrThrow({ where: { kind: 'paper' } })
  expect(message).toMatchObject({ personId: viewer.id, placeKind: 'direct', hasFile: true })
  const { text } = readDocx(bytes)
  expect(text).toContain('For: the board')
  expect(text).not.toContain('the panel is waiting')
})

test('comes as a PDF of an earlier day, for readers who are named, and not of a day to come', async () => {
  await chat('2026-02-25').ask(
    priya,
    '1.1 red the panel is waiting green by 30 Jun for internal only',
  )
  await chat().ask(priya, 'paper summary as pdf to internal on 25 Feb')
  const { text } = await readPdf((await lastFile(fresh.db)).bytes)
  expect(text).toContain('As at: Wed 25 Feb 2026')
  expect(text).toContain('the panel is waiting')
  expect(wordsOf(await chat().ask(priya, 'paper summary on 3 Mar'))).toContain(
    'Tue 3 Mar 2026 has not come yet.',
  )
})

test('the overview has how the plan stood at the end of each month, whatever was said since', async () => {
  await chat('2026-01-20').ask(priya, '1.1 red the panel is waiting green by 30 Jun')
  await chat('2026-02-25').ask(priya, '1.1 green')
  await chat().ask(viewer, 'paper overview')
  const { tables } = readDocx((await lastFile(fresh.db)).bytes)
  expect(tables.find(({ headings }) => headings[0] === 'As at')?.rows.slice(-3)).toEqual([
    ['Wed 31 Dec 2025', '0', '0', '0', '1'],
    ['Sat 31 Jan 2026', '1', '0', '0', '0'],
    ['Fri 27 Feb 2026', '0', '0', '1', '0'],
  ])
})

test('an issued paper keeps its number and words, and says what is otherwise since', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  expect(wordsOf(await chat().ask(viewer, 'paper issue summary'))).toContain('programme office')
  expect(wordsOf(await chat().ask(priya, 'papers'))).toContain('No paper was issued yet.')
  await chat().ask(priya, 'paper issue summary')
  const issued = readDocx((await lastFile(fresh.db)).bytes)
  expect(issued.text).toContain('Paper: 1')
  expect(issued.text).toContain('Issued: Fri 27 Feb 2026')
  expect(wordsOf(await chat().ask(viewer, 'paper 1 changes'))).toContain(
    'Nothing in it has changed since it was issued.',
  )

  await chat('2026-03-02').ask(priya, '1.1 red the panel is waiting green by 30 Jun')
  expect(wordsOf(await chat('2026-03-02').ask(viewer, 'paper 1 changes'))).toContain(
    '1.1, RAG: was “G”, is “R”.',
  )
  await chat('2026-03-02').ask(viewer, 'paper 1')
  expect(readDocx((await lastFile(fresh.db)).bytes).text).toBe(issued.text)
  await chat('2026-03-02').ask(priya, 'paper issue summary to internal')
  const list = wordsOf(await chat('2026-03-02').ask(viewer, 'papers'))
  expect(list).toContain(
    'Paper 2: Summary sheet as at Mon 2 Mar 2026, for the people of the programme alone.',
  )
  const [one] = await fresh.db.issuedPaper.findMany({ where: { number: 1 } })
  expect(one).toMatchObject({ layout: 'summary', audience: 'board', issuedById: priya.id })
  expect(one?.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(wordsOf(await chat().ask(viewer, 'paper 9'))).toContain(
    'W17 has no paper 9. It has issued 2 papers.',
  )
})

test('a paper is drafted, checked, approved and issued with the words it was frozen with', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  await chat().ask(priya, 'paper approval on')
  expect(wordsOf(await chat().ask(priya, 'paper issue summary'))).toContain(
    'wait for its sponsor, so they are drafted first: /rag paper draft summary',
  )
  await chat().ask(priya, 'paper draft summary')
  const drafted = readDocx((await lastFile(fresh.db)).bytes)
  expect(drafted.text).toContain('Paper: 1, draft')
  expect(wordsOf(await chat().ask(viewer, 'paper 1'))).toContain('W17 has no paper 1.')
  expect(wordsOf(await chat().ask(priya, 'paper 1 issue'))).toContain(
    'Paper 1 waits for the programme office to check it.',
  )
  await chat().ask(priya, 'paper 1 check')
  const asked = await fresh.db.outboxMessage.findFirstOrThrow({ where: { kind: 'paper-approval' } })
  expect(asked).toMatchObject({ personId: sara.id, hasFile: true })

  // An update comes in while it is looked at.
  await chat('2026-03-02').ask(priya, '1.1 red the panel is waiting green by 30 Jun')
  expect(wordsOf(await chat('2026-03-02').ask(priya, 'papers'))).toContain(
    'for the board waits for the sponsor to approve it.',
  )
  await chat('2026-03-02').ask(sara, 'paper 1 approve')
  const told = await fresh.db.outboxMessage.findFirstOrThrow({ where: { kind: 'paper-office' } })
  expect(told).toMatchObject({ personId: priya.id })
  await chat('2026-03-03').ask(priya, 'paper 1 issue')
  const issued = readDocx((await lastFile(fresh.db)).bytes)
  const words = (text: string) => text.slice(text.indexOf('Ratings'))
  expect(words(issued.text)).toBe(words(drafted.text))
  expect(issued.text).toContain('As at: Fri 27 Feb 2026')
  expect(issued.text).toMatch(
    /Drafted: Fri 27 Feb 2026.*Approved: Mon 2 Mar 2026.* by Sara Ames.*Issued: Tue 3 Mar 2026/s,
  )
  expect(wordsOf(await chat('2026-03-03').ask(viewer, 'paper 1 changes'))).toContain(
    '1.1, RAG: was “G”, is “R”.',
  )
  expect(wordsOf(await chat('2026-03-03').ask(sara, 'paper 1 approve'))).toContain(
    'Paper 1 is issued.',
  )
})

test('a declined paper is drafted again; a correction is a next edition that says what it corrects', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  await chat().ask(priya, 'paper draft summary')
  await chat().ask(priya, 'paper 1 check')
  expect(wordsOf(await chat().ask(sara, 'paper 1 decline because a risk is missing'))).toContain(
    'Declined: a risk is missing',
  )
  const [question] = await fresh.db.outboxMessage.findMany({ where: { kind: 'paper-approval' } })
  expect(question?.data).toMatchObject({ buttons: [] })
  expect(wordsOf(await chat().ask(priya, 'paper 1 issue'))).toContain(
    'Paper 1 was declined by Sara Ames: a risk is missing.',
  )
  await chat().ask(priya, 'paper 1 draft')
  const drafts = await fresh.db.paperDraft.findMany({ orderBy: { version: 'asc' } })
  expect(drafts.map(({ number, edition, version }) => [number, edition, version])).toEqual([
    [1, 1, 1],
    [1, 1, 2],
  ])
  const old = { number: '1', programme: 'W17', draft: drafts[0]?.id }
  expect(wordsOf(await chat().press(priya, 'paper-issue-draft', old))).toContain(
    'That button is about an earlier draft of paper 1.',
  )
  await chat().ask(priya, 'paper 1 issue')

  await chat('2026-03-02').ask(priya, 'paper 1 correct because the day of 1.1 was wrong')
  await chat('2026-03-02').ask(priya, 'paper 1 issue')
  const second = readDocx((await lastFile(fresh.db)).bytes)
  expect(second.text).toContain('Paper: 1, edition 2')
  expect(second.text).toContain('Corrects: the day of 1.1 was wrong')
  await chat('2026-03-02').ask(viewer, 'paper 1 edition 1')
  expect(readDocx((await lastFile(fresh.db)).bytes).text).toContain('As at: Fri 27 Feb 2026')
  await chat('2026-03-02').ask(priya, 'paper draft summary')
  expect((await fresh.db.paperDraft.findMany()).map(({ number }) => number)).toContain(2)
})

test('a paper is sent by itself before a board meeting, once, and with approval when the sponsor approves it', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  await chat().ask(priya, 'board 10 Mar Cabinet')
  await chat().ask(priya, 'board 24 Mar Cabinet')
  const line = 'paper summary 5 working days before board Cabinet'
  expect(wordsOf(await chat().ask(priya, line))).toContain(
    'Summary sheet, for the board: 5 working days before each meeting of Cabinet, 09:00 (Europe/London), to Priya Marlowe. Next: Tue 3 Mar 2026',
  )
  expect(wordsOf(await chat().ask(priya, 'paper schedules'))).toContain('1. Summary sheet')
  const papers = () => fresh.db.outboxMessage.findMany({ where: { kind: 'paper' } })
  await run('2026-03-03T08:59:00Z')
  expect(await papers()).toEqual([])
  await run('2026-03-03T09:00:00Z')
  await run('2026-03-03T09:01:00Z')
  await run('2026-03-03T10:30:00Z')
  expect(await papers()).toMatchObject([{ personId: priya.id, hasFile: true }])
  expect(readDocx((await lastFile(fresh.db)).bytes).text).toContain('As at: Tue 3 Mar 2026')

  await chat('2026-03-04').ask(priya, 'paper approval on')
  await run('2026-03-17T09:00:00Z')
  expect(await papers()).toHaveLength(1)
  const [told] = await fresh.db.outboxMessage.findMany({ where: { kind: 'paper-office' } })
  expect(told?.data).toMatchObject({ heading: 'A paper waits for you' })
  await chat('2026-03-17').ask(priya, 'paper 2 check')
  await chat('2026-03-18').ask(sara, 'paper 2 approve')
  expect((await papers()).map(({ personId }) => personId)).toEqual([priya.id, priya.id])

  await chat('2026-03-18').ask(priya, 'paper schedules stop 1')
  expect(wordsOf(await chat('2026-03-18').ask(priya, 'paper schedules'))).toContain(
    'No paper is sent by itself.',
  )
})

test('a paper says what became of what was promised at the last meeting', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  await chat('2026-02-25').ask(priya, 'board 27 Feb Cabinet')
  await chat('2026-02-25').ask(priya, 'board 13 Mar Cabinet')
  await chat('2026-02-25').ask(priya, 'decision for 1.1 which site needed from the Cabinet')
  await chat('2026-02-25').ask(priya, 'paper overview')
  expect(readDocx((await lastFile(fresh.db)).bytes).text).toContain(
    'No earlier meeting of the board is known',
  )
  await chat('2026-02-25').ask(priya, 'paper issue overview')
  await chat('2026-03-05').ask(priya, 'done 1.1 1')
  await chat('2026-03-05').ask(priya, 'move 1.1 2 to 30 Sep because the trainer is ill')
  await chat('2026-03-05').ask(priya, 'decide 1 site A')
  await chat('2026-03-09').ask(priya, 'paper overview')
  const { text } = readDocx((await lastFile(fresh.db)).bytes)
  const since = text.slice(text.indexOf('Since the last meeting'), text.indexOf('Planned activity'))
  expect(since).toContain(
    'The last meeting of Cabinet was on Fri 27 Feb 2026; what was promised then is taken from paper 1, which told the plan as at Wed 25 Feb 2026.',
  )
  expect(since).toMatch(/Standards agreed\s+Fri 6 Mar 2026\s+Done Thu 5 Mar 2026/)
  expect(since).toMatch(/Standards taught\s+Tue 30 Jun 2026\s+Moved: due Wed 30 Sep 2026/)
  expect(since).toMatch(/which site[\s\S]*Decided on Thu 5 Mar 2026: site A/)
})

test('an old paper that is sent with “paper compare” is held against the plan', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  await chat('2026-02-25').ask(priya, 'paper summary')
  const { bytes, name } = await lastFile(fresh.db)
  await chat().ask(priya, '1.1 red the panel is waiting green by 30 Jun')
  const sent = {
    ...{ by: 'files' as const, text: 'paper compare' },
    files: [{ name, read: async () => bytes }],
  }
  const told = wordsOf(await chat().ask(viewer, { directPlace: direct, input: sent }))
  expect(told).toContain('1.1 Practice standards: the paper says Green, the plan Red.')
  expect(wordsOf(await chat().ask(viewer, 'paper compare'))).toContain('Send the paper to me')
})

/** A Word file of the office's own, with a line for each text. */
async function wordFile(...lines: string[]): Promise<Uint8Array> {
  const children = lines.map((line) => new Paragraph(line))
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })))
}

function sendWith(who: StoredPerson, text: string, bytes: Uint8Array, on?: string) {
  const files = [{ name: 'house.docx', read: async () => bytes }]
  return chat(on).ask(who, { directPlace: direct, input: { by: 'files', text, files } })
}

const textOfLast = async () => readDocx((await lastFile(fresh.db)).bytes).text

test('papers are put into the Word file that the office keeps, and issued ones stay in theirs', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  const first = await wordFile('Brightwater {{as at}}, issued {{issued}}', '{{paper}}')
  expect(wordsOf(await sendWith(viewer, 'paper template', first))).toContain('programme office')
  expect(wordsOf(await sendWith(priya, '', first))).toContain(
    'Send it with this line beside it: /rag paper template.',
  )
  expect(wordsOf(await sendWith(priya, 'template for papers', first))).toContain(
    'are put into house.docx from now on',
  )
  expect((await lastFile(fresh.db)).name).toBe('W17 summary as a trial.docx')
  expect(await textOfLast()).toContain('Brightwater Fri 27 Feb 2026, issued – Ratings')
  expect(wordsOf(await chat().ask(priya, 'paper template'))).toContain(
    'All papers: house.docx, kept by Priya Marlowe since Fri 27 Feb 2026.',
  )
  await chat().ask(priya, 'paper issue summary')
  const issued = await textOfLast()
  expect(issued).toContain('Brightwater Fri 27 Feb 2026, issued Fri 27 Feb 2026')

  const own = await wordFile('Our summary', '{{Ratings}}')
  expect(wordsOf(await sendWith(priya, 'paper template of summary', own, '2026-03-02'))).toContain(
    'It has no place for these parts, so they will be left out: ',
  )
  await chat('2026-03-02').ask(viewer, 'paper summary')
  expect(await textOfLast()).toMatch(/^Our summary Ratings/)
  await chat('2026-03-02').ask(viewer, 'paper 1')
  expect(await textOfLast()).toBe(issued)
  await chat('2026-03-02').ask(viewer, 'paper overview')
  expect(await textOfLast()).toContain('Brightwater Mon 2 Mar 2026')
  await chat('2026-03-02').ask(priya, 'paper template send of summary')
  expect(await textOfLast()).toBe('Our summary {{Ratings}}')

  await chat('2026-03-03').ask(priya, 'paper template remove of summary')
  await chat('2026-03-03').ask(viewer, 'paper summary')
  expect(await textOfLast()).toContain('Brightwater Tue 3 Mar 2026')
  await chat('2026-03-03').ask(priya, 'paper template remove')
  await chat('2026-03-03').ask(viewer, 'paper summary')
  expect(await textOfLast()).not.toContain('Brightwater')
  expect(wordsOf(await chat('2026-03-03').ask(priya, 'paper template remove'))).toContain(
    'keeps no Word file for all papers',
  )
})

test('whoever is in the office of none of their programmes is told who keeps a template, whichever they name', async () => {
  await storeProgramme(fresh.db, { key: 'BCS', members: [viewer], projects: [] })
  const house = await wordFile('{{paper}}')
  expect(wordsOf(await sendWith(viewer, 'paper template for W17', house))).toContain(
    'programme office',
  )
})

test('a template that does not fit is refused when it comes, and one that fits no more is told of', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  expect(wordsOf(await sendWith(priya, 'paper template', await wordFile('{{Money}}')))).toContain(
    'house.docx asks for “Money”, which not every paper has.',
  )
  expect(
    wordsOf(await sendWith(priya, 'paper template of summary', await wordFile('{{Money}}'))),
  ).toContain('The template asks for “Money”, which this paper does not have.')
  expect(await fresh.db.paperTemplate.count()).toBe(0)

  await sendWith(priya, 'paper template of summary', await wordFile('{{2 Practice}}'))
  await chat('2026-03-02').ask(priya, 'set workstream W17/2 title to Standards')
  await chat('2026-03-02').ask(viewer, 'paper summary')
  expect(await textOfLast()).toMatch(/summary sheet/)
  const [told] = await fresh.db.outboxMessage.findMany({
    where: { kind: 'paper' },
    orderBy: { createdAt: 'desc' },
  })
  expect(JSON.stringify(told?.data)).toContain(
    'house.docx could not be used. The template asks for “2 Practice”',
  )
})

test('a scheduled paper is posted as a file where people are invited, and sent to whoever is named', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  const place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const
  const here = { place, input: { by: 'text', text: 'paper summary every month on 3' } } as const
  await chat().ask(priya, here)
  expect(
    wordsOf(await chat().ask(priya, 'paper overview every month on 3 sent to Jo Fenn')),
  ).toContain('to Jo Fenn')
  expect(
    wordsOf(await chat().ask(priya, 'paper overview every month on 3 sent to Jo Fen')),
  ).toContain('Did you mean Jo Fenn?')
  await run('2026-03-03T09:00:00Z', 'private')
  const papers = () =>
    fresh.db.outboxMessage.findMany({ where: { kind: 'paper' }, orderBy: { createdAt: 'asc' } })
  expect(await papers()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ conversation: 'C1', personId: null, hasFile: true }),
      expect.objectContaining({ personId: viewer.id, hasFile: true }),
    ]),
  )

  // The channel is opened, and its reader leaves.
  await fresh.db.membership.deleteMany({ where: { personId: viewer.id } })
  await run('2026-04-02T08:00:00Z', 'everyone')
  expect((await papers()).slice(2)).toMatchObject([{ conversation: 'C1', hasFile: false }])
  expect(await toOffice()).toEqual([
    expect.stringContaining('was to be sent to Jo Fenn, who has left'),
  ])
})

test('the office is told once of a scheduled paper that nobody got, and what to do', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  await chat().ask(priya, 'paper summary every month on 3')
  // Nothing ran on the day.
  await run('2026-03-04T09:01:00Z')
  await run('2026-03-05T09:01:00Z')
  const [missed, ...more] = await toOffice()
  expect(more).toEqual([])
  expect(missed).toContain('was to be sent on Tue 3 Mar 2026')
  expect(missed).toContain('Issue it now')
  const data = { programme: 'W17', layout: 'summary', audience: 'board' }
  await chat('2026-03-05').press(priya, 'paper-issue', data)
  expect(await textOfLast()).toContain('Paper: 1')

  // Declined, drafted again, and nobody approves it in time: then it goes where the schedule says.
  await chat('2026-03-05').ask(priya, 'paper approval on')
  await run('2026-04-02T08:00:00Z')
  await chat('2026-04-02').ask(priya, 'paper 2 check')
  await chat('2026-04-02').ask(sara, 'paper 2 decline because a risk is missing')
  await chat('2026-04-02').ask(priya, 'paper 2 draft')
  await chat('2026-04-02').ask(priya, 'paper 2 check')
  await run('2026-04-07T08:01:00Z')
  await run('2026-04-08T08:01:00Z')
  const late = (await toOffice()).filter((one) => one.includes('has not gone out'))
  expect(late).toEqual([expect.stringContaining('waits for the sponsor to approve it')])
  await chat('2026-04-08').ask(sara, 'paper 2 approve')
  const sent = await fresh.db.outboxMessage.findMany({
    where: { key: { startsWith: 'paper-schedule:' } },
  })
  expect(sent).toMatchObject([{ personId: priya.id, hasFile: true }])
})

test('of a paper for a meeting that was entered too late for it, the office is told that as well', async () => {
  await chat().ask(priya, 'paper summary 5 working days before board')
  await chat('2026-03-09').ask(priya, 'board 11 Mar Cabinet')
  await run('2026-03-09T12:00:00Z')
  expect(await toOffice()).toEqual([
    expect.stringContaining('or the meeting was entered or moved later, and now it is too late'),
  ])
})

test('where papers wait for nobody any more, the office is not told to remind the sponsor', async () => {
  await chat().ask(priya, 'paper summary every month on 3')
  await chat().ask(priya, 'paper approval on')
  await run('2026-03-03T09:00:00Z')
  await chat('2026-03-03').ask(priya, 'paper 1 check')
  await chat('2026-03-03').ask(priya, 'paper approval off')
  await run('2026-03-04T09:01:00Z')
  const late = (await toOffice()).filter((one) => one.includes('has not gone out'))
  expect(late).toEqual([expect.stringContaining('It is sent as soon as it is issued.')])
})

test('a scheduled paper whose template fits no more goes out in the plain style, and the office is told', async () => {
  await chat('2026-02-25').ask(priya, '1.1 green')
  await sendWith(priya, 'paper template of summary', await wordFile('{{2 Practice}}'))
  await chat().ask(priya, 'paper summary every month on 3')
  await chat('2026-03-02').ask(priya, 'set workstream W17/2 title to Standards')
  await run('2026-03-03T09:00:00Z')
  expect(await textOfLast()).toContain('2 Standards')
  expect(await toOffice()).toEqual([expect.stringContaining('house.docx could not be used.')])
})
