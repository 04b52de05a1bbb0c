import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import { digestKind } from '../../../src/features/digests/message-kinds.ts'
import { reminderKind } from '../../../src/features/reminders/message-kind.ts'
import { enqueue, type NewOutboxMessage } from '../../../src/outbox/outbox.ts'
import type { DeliveryState } from '../../../src/outbox/row-mapping.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const empty = emptyDatabase()
const now = new Date('2017-02-27T09:00:00Z')
const chat = () => chatOn(empty.db, '2017-02-27')

let asha: StoredPerson
let ben: StoredPerson
let office: StoredPerson
let stranger: StoredPerson
let programmeId: string
beforeEach(async () => {
  await empty.db.outboxMessage.deleteMany()
  const people = await storePeople(
    empty.db,
    'Asha Verity',
    'Ben Harrow',
    'Olive Tamsin',
    'Sam Other',
  )
  asha = people[0]
  ben = people[1]
  office = people[2]
  stranger = people[3]
  programmeId = await storeProgramme(empty.db, {
    key: 'W17',
    office: [office],
    projects: [{ ref: '2.1', title: 'Standards', leads: [asha] }],
  })
  await storeProgramme(empty.db, {
    key: 'W18',
    office: [stranger],
    projects: [{ ref: '3.1', title: 'Other', leads: [ben] }],
  })
})

const userDisabled = { errorCode: 'slack:user_disabled', error: 'Slack says user_disabled.' }

async function said(
  to: Partial<NewOutboxMessage>,
  state: DeliveryState,
  failure: { readonly errorCode: string; readonly error: string } | null = null,
): Promise<string> {
  const key = newId()
  const card = { name: 'notice', data: { words: 'a private reason' } }
  const usual = { kind: reminderKind, place: direct, programmeIds: [programmeId] }
  await enqueue(empty.db, { key, card, ...usual, ...to }, now)
  const { sequence } = await empty.db.outboxMessage.update({
    where: { key },
    data: { state, ...failure },
  })
  return String(sequence)
}

const stateOf = async (number: string) => {
  const row = await empty.db.outboxMessage.findUniqueOrThrow({
    where: { sequence: BigInt(number) },
  })
  return row.state
}

describe('what became of messages, for the programme office', () => {
  test('is first what was not delivered: to whom, when, why and what to do, never what it says', async () => {
    const to = { personId: asha.id, why: ['You lead 2.1.'] }
    const dead = await said(to, 'dead', userDisabled)
    await said({ personId: asha.id }, 'sent')
    const words = wordsOf(await chat().ask(office, 'ledger'))
    expect(words).toContain(`No. ${dead}: Reminder to Asha Verity`)
    expect(words).toContain('Written on Mon 27 Feb 2017, 09:00.')
    expect(words).toContain('That account is gone or switched off.')
    expect(words).toContain('Why: You lead 2.1.')
    expect(words).not.toContain('a private reason')
    expect(words.match(/No\. \d+/g)).toHaveLength(1)
  })

  test('can be of what is waiting, of one person, and of this channel', async () => {
    const waiting = await said(
      { programmeIds: [programmeId], kind: digestKind, place: channel },
      'waiting',
    )
    const sent = await said({ personId: asha.id }, 'sent')
    expect(wordsOf(await chat().ask(office, 'ledger waiting'))).toContain(`No. ${waiting}: Digest`)
    expect(wordsOf(await chat().ask(office, 'ledger verity'))).toContain(`No. ${sent}`)
    const here = { place: channel, input: { by: 'text', text: 'ledger here' } } as const
    expect(wordsOf(await chat().ask(office, here))).toContain(`No. ${waiting}`)
    expect(wordsOf(await chat().ask(office, 'ledger <#C1|board>'))).toContain(`No. ${waiting}`)
  })

  test('is of their programmes alone', async () => {
    const number = await said({ personId: asha.id }, 'dead', {
      errorCode: 'gave_up',
      error: 'Slack says user_disabled.',
    })
    expect(wordsOf(await chat().ask(stranger, 'ledger'))).not.toContain(number)
    expect(wordsOf(await chat().ask(stranger, `ledger retry ${number}`))).toContain('no message “')
    expect(await stateOf(number)).toBe('dead')
  })

  test('is not of another programme in which a recipient of theirs is, too', async () => {
    const other = await empty.db.programme.findUniqueOrThrow({ where: { key: 'W18' } })
    const viewer = { programmeId: other.id, personId: asha.id, role: 'viewer' } as const
    await empty.db.membership.create({ data: viewer })
    const number = await said({ personId: asha.id }, 'dead', userDisabled)
    expect(wordsOf(await chat().ask(office, 'ledger'))).toContain(`No. ${number}`)
    for (const typed of ['ledger', 'ledger Asha Verity'])
      expect(wordsOf(await chat().ask(stranger, typed))).not.toContain(`No. ${number}`)
  })

  test('may be of another programme, too, and is then not theirs alone to decide', async () => {
    const other = await empty.db.programme.findUniqueOrThrow({ where: { key: 'W18' } })
    const both = { personId: asha.id, programmeIds: [programmeId, other.id] }
    const number = await said(both, 'waiting')
    expect(wordsOf(await chat().ask(office, 'ledger waiting'))).toContain(`No. ${number}`)
    for (const verb of ['retry', 'drop'])
      expect(wordsOf(await chat().ask(office, `ledger ${verb} ${number}`))).toContain(
        'not yours alone to decide',
      )
    expect(await stateOf(number)).toBe('waiting')
  })

  test.each(['none', '-1', '9'.repeat(40), ''])(
    'has no message %j, whatever a button carries',
    async (number) => {
      const answer = await chat().press(office, 'ledger-drop', { number })
      expect(wordsOf(answer)).toContain(`There is no message “${number}” in your programmes`)
    },
  )

  test('is for nobody else', async () => {
    const words = wordsOf(await chat().ask(asha, 'ledger'))
    expect(words).toContain('for the programme office to see')
  })

  test('says so where nobody has that name', async () => {
    expect(wordsOf(await chat().ask(office, 'ledger nobody'))).toContain(
      'Nobody in your programmes',
    )
  })
})

const channel = { ...direct, conversation: 'C1', kind: 'channel' } as const

describe('having a message sent again', () => {
  test('once its cause is mended, with what belongs in its thread', async () => {
    const key = newId()
    const card = { name: 'notice', data: {} }
    const one = { kind: digestKind, place: channel, card, programmeIds: [programmeId] }
    await enqueue(empty.db, { ...one, key }, now)
    await enqueue(empty.db, { ...one, key: `${key}:1`, afterKey: key }, now)
    await empty.db.outboxMessage.updateMany({
      data: {
        state: 'dead',
        errorCode: 'slack:is_archived',
        error: 'Slack says is_archived.',
      },
    })
    await empty.db.outboxMessage.update({
      where: { key: `${key}:1` },
      data: { errorCode: 'root_not_sent', error: 'its root was never sent' },
    })
    const { sequence } = await empty.db.outboxMessage.findUniqueOrThrow({ where: { key } })
    const answer = await chat().press(office, 'ledger-retry', { number: String(sequence) })
    expect(wordsOf(answer)).toContain('is sent again within seconds')
    const states = await empty.db.outboxMessage.findMany({
      select: { state: true, errorCode: true, error: true },
    })
    expect(states).toEqual([
      { state: 'waiting', errorCode: null, error: null },
      { state: 'waiting', errorCode: null, error: null },
    ])
  })

  test('changes nothing of what is sent', async () => {
    const number = await said({ personId: asha.id }, 'sent')
    expect(wordsOf(await chat().ask(office, `ledger retry #${number}`))).toContain('sent already')
    expect(await stateOf(number)).toBe('sent')
  })
})

describe('dropping a message', () => {
  test('takes back what waits, and says by whom', async () => {
    const number = await said({ personId: asha.id }, 'waiting')
    await chat().ask(office, `ledger drop ${number}`)
    expect(
      await empty.db.outboxMessage.findUniqueOrThrow({ where: { sequence: BigInt(number) } }),
    ).toMatchObject({
      state: 'dropped',
      errorCode: 'cancelled',
      error: 'Olive Tamsin took it back',
    })
  })

  test('does not touch what is just being sent', async () => {
    const number = await said({ personId: asha.id }, 'sending')
    await chat().ask(office, `ledger drop ${number}`)
    expect(await stateOf(number)).toBe('sending')
  })
})

describe('a message that was possibly sent', () => {
  test('is sent again where the programme office chose that', async () => {
    const reply = await chat().ask(office, 'ledger repeat on')
    expect(wordsOf(reply)).toContain('a message that was possibly sent in Teams is sent once more')
    const { settings } = await empty.db.programme.findUniqueOrThrow({ where: { key: 'W17' } })
    expect(settings).toMatchObject({ uncertain: 'again' })
  })
})
