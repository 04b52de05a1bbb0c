import { beforeEach, describe, expect, test } from '@jest/globals'
import { toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { digestKey } from '../../../src/domain/digests/archive/message-key.ts'
import { digest } from '../../domain/digests/content/sample-digests.ts'
import { postDigest, posted } from '../../support/posted-digest.ts'
import {
  type Chat,
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'
import { aDecision } from '../../support/register.ts'

const fresh = emptyDatabase()
const today = '2017-02-24'

let chat: Chat
let programmeId: string
let asha: StoredPerson
let tom: StoredPerson
let priya: StoredPerson
let vera: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, priya, vera] = await storePeople(
    db,
    ...(['Asha Verity', 'Tom Quill', 'Priya Marlowe', 'Vera Lind'] as const),
  )
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [vera],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Quality of assessments', leads: [tom] },
    ],
  })
  chat = chatOn(db, today)
})

const entryId = async (kind: 'risk' | 'issue' | 'action' | 'decision') =>
  (await fresh.db.registerEntry.findFirstOrThrow({ where: { kind } })).id

describe('an action', () => {
  test('has an owner and a day, and is closed by its owner', async () => {
    const added = wordsOf(
      await chat.ask(asha, 'action for 2.1 order the signs owned by Tom Quill due 31 Mar'),
    )
    expect(added).toContain('Owner: Tom Quill')
    expect(added).toContain('Due Fri 31 Mar 2017')
    expect(wordsOf(await chat.ask(vera, 'close action 1'))).toContain(
      'Thank you, but action 1 is closed by its owner, the leads of 2.1 and the programme office.',
    )
    expect(wordsOf(await chat.ask(tom, 'action 1'))).toContain('Review')
    expect(wordsOf(await chat.ask(tom, 'close action 1'))).toContain('Action 1 is closed')
  })

  test.each([
    ['without an owner', 'action for 2.1 order the signs due 31 Mar', 'Say whose it is'],
    ['without a day', 'action for 2.1 order the signs owned by Tom Quill', 'Say by when'],
    ['of nobody here', 'action for 2.1 x owned by Ned Nobody due 31 Mar', 'Nobody in your'],
    ['of who only reads', 'action for 2.1 x owned by Vera Lind due 31 Mar', 'may only read'],
  ])('%s is refused', async (_, line, problem) => {
    expect(wordsOf(await chat.ask(asha, line))).toContain(problem)
    expect(await fresh.db.registerEntry.count()).toBe(0)
  })
})

describe('a review', () => {
  beforeEach(async () => {
    await chat.ask(asha, 'risk 2x3 2.1 no provider owned by Tom Quill review by 31 Mar')
  })

  test('rates a risk anew; the entry shows what it was, and it is taken back', async () => {
    const later = chatOn(fresh.db, '2017-03-01')
    const said = await later.ask(asha, 'review risk 1 as 5x4 because the tender failed')
    expect(wordsOf(said)).toContain('◆ Red, 5 × 4 = 20 (likelihood × impact)')
    expect(wordsOf(await later.ask(asha, 'risk 1'))).toContain(
      'Reviewed on Wed 1 Mar 2017 by Asha Verity: ◆ Red, 5 × 4 = 20 (likelihood × impact), because the tender failed',
    )
    expect(wordsOf(await later.ask(asha, 'risks as at 28 Feb'))).toContain('▲ Amber, 2 × 3 = 6')
    expect(wordsOf(await later.ask(asha, 'undo'))).toContain('Risk 1 stands as before.')
    expect(wordsOf(await later.ask(asha, 'risks'))).toContain('▲ Amber, 2 × 3 = 6')
  })

  test('by form keeps what somebody else changed meanwhile', async () => {
    const entry = await entryId('risk')
    const form = await chat.press(asha, 'review:form', { entry })
    const { data } = form.card.data as { data: Record<string, string> }
    await chat.ask(priya, 'review risk 1 owned by Asha Verity')
    const values = { ...data, rating: 'amber', score: '2x3', mitigation: 'a second tender' }
    const kept = { owner: 'Tom Quill', review: '2017-03-31', proximity: '' }
    const saved = wordsOf(await chat.submit(asha, 'review', { ...values, ...kept, reason: 'so' }))
    expect(saved).toContain('Mitigated by: a second tender')
    expect(saved).toContain('Owner: Asha Verity')
    expect(saved).toContain('Meanwhile: Whose is it? Their name is now Asha Verity (Priya Marlowe)')
  })

  test('of what is closed is refused', async () => {
    await chat.ask(asha, 'close risk 1')
    expect(wordsOf(await chat.ask(asha, 'review risk 1 as red because x'))).toContain(
      'Risk 1 is closed already.',
    )
    expect(wordsOf(await chat.ask(asha, 'undo'))).toContain('Risk 1 is open again')
    expect(wordsOf(await chat.ask(asha, 'review risk 1 as red because x'))).toContain('◆ Red')
  })
})

describe('when a project ends', () => {
  beforeEach(async () => {
    await chat.ask(asha, 'risk red 2.1 no provider')
    await chat.ask(asha, 'dependency 2.1 on 2.2')
  })

  test('what waits for it says so, until somebody closes it', async () => {
    await chat.ask(priya, 'close 2.2 as merged into 2.1 because both do the same')
    expect(wordsOf(await chat.ask(asha, 'dependencies'))).toContain(
      'close it, or say what it waits for now',
    )
    await chat.ask(priya, 'close dependency 1')
    expect(wordsOf(await chat.ask(asha, 'dependencies'))).toContain('Nothing is open.')
  })

  test('its own risks stay open, and say so; renumbered, a dependency shows the new number', async () => {
    await chat.ask(priya, 'close 2.1 as finished because it runs itself')
    expect(wordsOf(await chat.ask(priya, 'risks'))).toContain('close it where it is over')
    await fresh.db.project.updateMany({ where: { ref: '2.2' }, data: { ref: '3.1' } })
    expect(wordsOf(await chat.ask(priya, 'dependencies'))).toContain('Waits for: 3.1')
  })
})

describe('a decision that a posted digest asks for', () => {
  beforeEach(async () => {
    const { db } = fresh
    await postDigest(db, today)
    await chat.ask(asha, 'decision for 2.1 which site needed from the Cabinet')
    const subscriptionId = newId()
    const { place } = posted
    const channel = { platform: place.platform, tenant: place.tenant }
    await db.subscription.create({
      data: {
        ...{ id: subscriptionId, programmeId, ...channel, conversation: place.conversation },
        ...{ weekday: 'friday', time: '09:00', zone: 'Europe/London', createdAt: new Date(today) },
      },
    })
    const content = digest({ asAt: today }, null, [
      { ...aDecision(1, null, { onDay: today }), id: await entryId('decision') },
    ])
    const dates = { round: toDbDate(day(today)), asAt: toDbDate(day(today)) }
    await db.digest.create({
      data: {
        ...{ id: newId(), programmeId, subscriptionId, number: 1, ...dates, content },
        issuedAt: new Date(`${today}T09:00:00Z`),
      },
    })
    const key = digestKey(programmeId, day(today), subscriptionId)
    await db.outboxMessage.updateMany({ where: { key: 'digest' }, data: { key } })
  })

  const inThread = async () => {
    const kind = { in: ['decided'] }
    const messages = await fresh.db.outboxMessage.findMany({
      where: { kind, after: { kind: 'digest' } },
      orderBy: { sequence: 'asc' },
    })
    return messages.map(({ data }) => JSON.stringify(data))
  }

  test.each([
    ['a typed line', () => chat.ask(priya, 'decide 1 The Cabinet chose North Street')],
    [
      'closing it',
      () => chat.ask(priya, 'close decision 1 because The Cabinet chose North Street'),
    ],
    [
      'a form',
      async () =>
        chat.submit(priya, 'decide', {
          entry: await entryId('decision'),
          outcome: 'The Cabinet chose North Street',
        }),
    ],
    [
      'the button of the digest',
      async () => {
        const args = {
          entry: await entryId('decision'),
          outcome: 'The Cabinet chose North Street',
        }
        return chat.ask(priya, { input: { by: 'form', verb: 'decide', args }, ...posted })
      },
    ],
  ])('is told once in its thread, taken by %s', async (_, take) => {
    expect(wordsOf(await take())).toContain('The thread of the digest says so.')
    expect(await inThread()).toEqual([
      expect.stringContaining('Decided on Fri 24 Feb 2017: The Cabinet chose North Street'),
    ])
  })

  test('and opened again is told as well, and the other outcome', async () => {
    await chat.ask(priya, 'decide 1 The Cabinet chose North Street')
    expect(wordsOf(await chat.ask(priya, 'undo'))).toContain('reopen decision 1 because')
    expect(wordsOf(await chat.ask(priya, 'reopen decision 1'))).toContain('Say why')
    await chat.ask(priya, 'reopen decision 1 because the minutes say otherwise')
    await chat.ask(priya, 'decide 1 The Cabinet chose South Street')
    expect(await inThread()).toEqual([
      expect.stringContaining('North Street'),
      expect.stringContaining('because the minutes say otherwise'),
      expect.stringContaining('South Street'),
    ])
    expect(wordsOf(await chat.ask(asha, 'decision 1'))).toContain(
      'Opened again on Fri 24 Feb 2017, because the minutes say otherwise; was decided: The Cabinet chose North Street',
    )
  })
})
