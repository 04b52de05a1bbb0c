import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import { formatCorrections } from '../../../../src/domain/digests/archive/corrections.ts'
import {
  boardTarget,
  composeDigestFor,
} from '../../../../src/domain/digests/audience/compose-for.ts'
import { withRemarks } from '../../../../src/features/digests/archive/edit-digest-message.ts'
import { formatIssue } from '../../../../src/features/digests/rendering/issue-format.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { toMessage } from '../../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../../src/playground/slack/limits.ts'
import { cardProblems } from '../../../../src/playground/teams/limits.ts'
import { aPlan } from '../../../support/plans.ts'
import { wordsOf } from '../../../support/programme.ts'
import { governed, privateChannel } from '../governed.ts'

const boards = [{ on: '2017-02-01' }, { on: '2017-03-02' }, { on: '2017-04-06' }]
const at = governed({ settings: { digest: { preview: false }, boards } })

const thursday = '2017-02-16T12:00:00Z'
const monday = '2017-02-20T09:00:00Z'
const tuesday = '2017-02-21T12:00:00Z'
const office = (text: string, moment = tuesday, conversation = 'C1') =>
  at.say(at.office, text, moment, conversation)
const lead = (text: string, moment: string) => at.say(at.lead, text, moment)

async function postDigest(): Promise<void> {
  await lead('2.1 red The writer is ill green by 31 Mar 2017', '2017-02-15T12:00:00Z')
  await lead('2.2 amber Two posts are vacant green by 31 Mar 2017', '2017-02-15T12:00:00Z')
  await office('digest here weekly monday 09:00', thursday)
  await at.post(monday)
}

const storedDigests = () => at.db.digest.findMany({ orderBy: { number: 'asc' } })

describe('a posted digest', () => {
  test('has a number and its four dates', async () => {
    await postDigest()
    await at.post('2017-02-27T09:00:00Z')
    const [first, second] = await at.digests()
    expect(first?.issue).toEqual({
      ...{ number: 1, from: '2017-02-13', to: '2017-02-20', meetingOn: '2017-03-02' },
      ...{ at: '2017-02-20T09:00:00.000Z', zone: 'Europe/London' },
    })
    expect(second?.issue).toMatchObject({ number: 2, from: '2017-02-20', to: '2017-02-27' })
    expect(first && formatIssue(first)).toBe(
      'Digest 1 · data Mon 13 Feb 2017 to Mon 20 Feb 2017 · RAG as at Mon 20 Feb 2017 · issued Mon 20 Feb 2017, 09:00 · meeting Thu 2 Mar 2017',
    )
    expect((await storedDigests())[0]).toMatchObject({
      number: 1,
      dataFrom: new Date('2017-02-13'),
      dataTo: new Date('2017-02-20'),
      asAt: new Date('2017-02-20'),
      issuedAt: new Date(monday),
      meetingOn: new Date('2017-03-02'),
    })
  })

  test('two in the same minute have two numbers', async () => {
    at.channels.set('C2', privateChannel)
    await office('digest here weekly monday 09:00', thursday)
    await office('digest here weekly monday 09:00 to public', thursday, 'C2')
    await Promise.all([at.post(monday), at.post(monday)])
    expect((await storedDigests()).map(({ number }) => number)).toEqual([1, 2])
    expect(await at.db.outboxMessage.count({ where: { card: 'digest' } })).toBe(2)
    expect(at.logged).toEqual([])
  })

  test('stays the same when history changes: in the database, in the channel and when it is shown again', async () => {
    await postDigest()
    const before = await storedDigests()
    const messages = await at.db.outboxMessage.findMany({ where: { kind: 'digest' } })
    const shown = await at.reply(at.office, 'digest 1', tuesday)
    const same = ({ card }: typeof shown) => ({ ...(card.data as object), remarks: [] })

    await lead('2.1 amber The site is down green by 1 May 2017', tuesday)
    await lead('2.2 green', tuesday)
    await lead('move 2.1 1 to 30 Jun 2017 because it has to be built again', tuesday)
    await at.db.project.updateMany({ where: { ref: '2.2' }, data: { title: 'Another title' } })
    await at.db.statusUpdate.updateMany({ data: { reason: 'Written over' } })

    expect(await storedDigests()).toEqual(before)
    expect(await at.db.outboxMessage.findMany({ where: { kind: 'digest' } })).toEqual(messages)
    const again = await at.reply(at.office, 'digest 1', tuesday)
    expect(same(again)).toEqual(same(shown))
    expect(wordsOf(again)).toContain('The writer is ill')
    expect(wordsOf(again)).not.toContain('Written over')
    expect(wordsOf(again)).toContain(
      'Changed since: 2 projects in another state, 1 milestone moved or done. /rag digest BCS/1 changes',
    )
  })

  test('is shown again as it was posted in the channel', async () => {
    await postDigest()
    const shown = await at.reply(at.office, 'digest BCS/1', '2017-02-20T09:01:00Z')
    const message = await at.db.outboxMessage.findFirst({ where: { card: 'digest' } })
    expect(shown.card).toEqual({ name: 'digest', data: message?.data })
  })

  test('is shown again with the parts that followed in its thread', async () => {
    await postDigest()
    const parts = await at.db.outboxMessage.findMany({
      where: { card: 'digest-part' },
      orderBy: { sequence: 'asc' },
    })
    expect(parts.length).toBeGreaterThan(0)
    const shown = await at.reply(at.office, 'digest #1 part 1', tuesday)
    expect(shown.card).toEqual({ name: 'digest-part', data: parts[0]?.data })
    expect(await office('digest 1 part 99')).toContain('follows in the thread of that digest.')
  })

  test('with an unknown number is refused, and the answer gives the last number', async () => {
    expect(await office('digest 12')).toContain('has no digest 12. None was posted yet.')
    await postDigest()
    expect(await office('digest 12')).toContain('The last one is 1.')
  })
})

describe('“digest 1 changes”', () => {
  test('lists what changed since the digest', async () => {
    await postDigest()
    expect(await office('digest 1 changes')).toContain(
      'No state, date or project has changed since.',
    )
    await lead('2.1 amber The site is down green by 1 May 2017', tuesday)
    expect(await office('digest 1 changes')).toContain(
      '2.1 Practice standards: ◆ Red then, ▲ Amber now',
    )
  })
})

describe('a correction', () => {
  const corrected = 'Corrected Tue 21 Feb 2017 by Asha: 2.1 is Green, the sheet was wrong.'

  test('is shown above the digest, with its day and author; the content stays as it was frozen', async () => {
    await postDigest()
    const before = (await storedDigests()).map(({ content }) => content)
    expect(await office('digest 1 correct “2.1 is Green, the sheet was wrong.”')).toContain(
      'Corrected where it stands: digest 1.',
    )
    const message = await at.db.outboxMessage.findFirstOrThrow({ where: { card: 'digest' } })
    expect(message.data).toMatchObject({ remarks: [corrected] })
    expect(wordsOf(await at.reply(at.lead, 'digest 1', tuesday))).toContain(corrected)
    expect((await storedDigests()).map(({ content }) => content)).toEqual(before)

    await office('digest 1 correct And 2.2 too.', '2017-02-22T12:00:00Z')
    const again = await at.db.outboxMessage.findFirstOrThrow({ where: { card: 'digest' } })
    expect(again.data).toMatchObject({
      remarks: [corrected, 'Corrected Wed 22 Feb 2017 by Asha: And 2.2 too.'],
    })
  })

  test('is added in the other channels of that day, and for no wider audience', async () => {
    for (const name of ['C2', 'C3']) at.channels.set(name, privateChannel)
    await office('digest here weekly monday 09:00', thursday)
    await office('digest here weekly monday 09:00 to internal', '2017-02-16T12:01:00Z', 'C2')
    await office('digest here weekly monday 09:00 to public', '2017-02-16T12:02:00Z', 'C3')
    await at.post(monday)
    const reply = await office('digest 1 correct 2.1 is Green.')
    expect(reply).toContain('Corrected where it stands: digests 1 and 2.')
    expect(reply).toContain('Not in digest 3 of the same day')
    const roots = await at.db.outboxMessage.findMany({
      where: { card: 'digest' },
      orderBy: { conversation: 'asc' },
    })
    const remarks = roots.map(({ data }) => (data as { remarks: string[] }).remarks.length)
    expect(remarks).toEqual([1, 1, 0])
  })

  test('names nobody to the public', async () => {
    await office('digest here weekly monday 09:00 to public', thursday)
    await at.post(monday)
    await office('digest 1 correct 2.1 is Green.')
    const { data } = await at.db.outboxMessage.findFirstOrThrow({ where: { card: 'digest' } })
    expect(data).toMatchObject({
      remarks: ['Corrected Tue 21 Feb 2017 by the programme office: 2.1 is Green.'],
    })
  })

  test('can be made by the programme office alone', async () => {
    await postDigest()
    expect(await lead('digest 1 correct No', tuesday)).toContain('Only the programme office')
    expect(await at.db.digestCorrection.count()).toBe(0)
  })
})

test('a digest as full as it gets has room for its corrections, on both platforms', () => {
  const long = (at: number) => `Reason ${at} ${'long, with <tags> & שלום '.repeat(40)}`
  const projects = Array.from({ length: 60 }, (_, at) => ({
    ref: `1.${at + 1}`,
    title: `Project ${at} ${'of many words '.repeat(20)}`,
    updates: [{ state: at % 2 ? 'red' : 'amber', reason: long(at), onDay: '2017-02-22' }],
    milestones: [{ due: '2017-02-23', about: long(at) }],
  }))
  const plan = aPlan({ asAt: '2017-02-27', projects })
  const input = { plan, register: [], previous: null, since: civilDate('2017-02-20') }
  const words = 'Of all that matters '.repeat(30)
  const issue = {
    ...{ number: 112, from: civilDate('2017-02-20'), to: plan.asAt, zone: 'Europe/London' },
    ...{ at: '2017-02-27T09:00:00.000Z', meetingOn: civilDate('2017-03-02') },
  }
  const content = {
    ...composeDigestFor(input, { ...boardTarget, officeHeadline: words.slice(0, 500) }),
    ...{ issue, scope: words },
  }
  const corrections = Array.from({ length: 8 }, (_, at) => {
    return { text: long(at), by: 'Priya Marlowe', at: new Date(`2017-03-0${at + 1}T12:00:00Z`) }
  })
  const [root] = paginateDigest(content, '/rag')
  const card = expandCard(withRemarks(root, formatCorrections(corrections, content)))
  expect(renderPlainText(card)).toContain('Corrected 3 times before that.')
  expect(renderPlainText(card)).toContain('Corrected Wed 8 Mar 2017 by Priya Marlowe: Reason 7')
  expect(blockProblems(toMessage(card).blocks, 'message')).toEqual([])
  expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
})
