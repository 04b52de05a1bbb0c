import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Place } from '../../src/base/addresses.ts'
import { RecipientGoneError, WorkspaceBrokenError } from '../../src/chat/port.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { editMessage } from '../../src/outbox/outbox.ts'
import type { AddressBook } from '../../src/outbox/person-address.ts'
import { useDatabase } from '../support/database.ts'
import { OutboxFixture, slack, teams, testCard } from './outbox-fixture.ts'

// Allows for a loaded machine.
jest.setTimeout(30_000)

const database = useDatabase()
let fixture: OutboxFixture
/** Conversations of the one person, in the order in which they are tried. */
let places: Place[]
let gone: Set<string>
let personId: string
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  await database.db.workspaceOutage.deleteMany()
  fixture = new OutboxFixture(database.db)
  places = [inSlack, inTeams]
  gone = new Set()
  personId = await fixture.person('Ada')
})

const inSlack: Place = { ...slack('D1'), kind: 'direct' }
const inTeams: Place = { ...teams('a:1'), kind: 'direct' }
const isIn = (place: Place) => (one: Place) => one.conversation === place.conversation
const addressBook: AddressBook = {
  async checkDirectPlace(_tx, _person, place) {
    const [first] = places
    if (!places.some(isIn(place))) return first && { place: first, standing: 'moved' }
    return { place, standing: gone.has(place.conversation) ? 'gone' : 'theirs' }
  },
  async passOver(_tx, _person, place) {
    gone.add(place.conversation)
    return places.find(({ conversation }) => !gone.has(conversation))
  },
  async placesElsewhere(_tx, [person], broken) {
    const living = places.find(
      ({ platform, conversation }) =>
        !gone.has(conversation) && !broken.some((one) => one.platform === platform),
    )
    return new Map(person && living ? [[person, living]] : [])
  },
  async markReached(_tx, _person, place) {
    gone.delete(place.conversation)
  },
}

const dispatch = () => fixture.dispatcher(undefined, undefined, { addressBook }).dispatchDue()
const enqueue = (key = 'k1', place = inSlack) => fixture.enqueue(key, { place, personId })
const nobodyThere = (code = 'user_not_found') => ({
  error: new RecipientGoneError(code, `Slack says ${code}.`),
  posted: false,
})

describe('a message to a person with several accounts', () => {
  test('of whom the first is gone: the same message goes to the next, once', async () => {
    fixture.slack.fail('k1', nobodyThere())
    await enqueue()
    await dispatch()
    expect(fixture.slack.posted).toEqual([])
    expect(fixture.teams.posted.map(({ key, conversation }) => [key, conversation])).toEqual([
      ['k1', 'a:1'],
    ])
    expect(await fixture.row('k1')).toMatchObject({
      ...{ state: 'sent', platform: 'teams', sentTo: 'a:1', gone: false, error: null },
      ...{ serviceUrl: 'https://teams.example/', attempts: 1 },
    })
  })

  test('of whom all are gone is dead, with the reason of the last', async () => {
    fixture.slack.fail('k1', nobodyThere())
    fixture.teams.fail('k1', nobodyThere('BotNotInConversationRoster'))
    await enqueue()
    await dispatch()
    expect(await fixture.row('k1')).toMatchObject({
      ...{ state: 'dead', gone: true, platform: 'teams' },
      errorCode: 'teams:BotNotInConversationRoster',
    })
    expect(await dispatch()).toBe(0)
  })

  test('leaves the thread where its first message went to another account', async () => {
    await enqueue('root')
    await dispatch()
    fixture.slack.fail('more', nobodyThere())
    await fixture.enqueue('more', { place: inSlack, personId, afterKey: 'root' })
    fixture.advance(60)
    await dispatch()
    expect(fixture.teams.posted).toMatchObject([{ key: 'more', thread: undefined }])
  })

  test('that reaches an account which was called gone says that it is not', async () => {
    gone.add('D1')
    await enqueue()
    await dispatch()
    expect(await fixture.state('k1')).toBe('sent')
    expect(gone).toEqual(new Set())
  })

  test('in a channel goes nowhere else: a channel that is gone is no account', async () => {
    fixture.slack.fail('k1', nobodyThere('is_archived'))
    await fixture.enqueue('k1', { place: slack('C1'), personId })
    await dispatch()
    expect(await fixture.row('k1')).toMatchObject({ state: 'dead', gone: true })
    expect(gone).toEqual(new Set())
  })
})

describe('a message to a person in a workspace that refuses Milepost', () => {
  const refusal = (posted = false) => ({
    error: new WorkspaceBrokenError('token_revoked', 'Slack says token_revoked.'),
    posted,
  })
  test('goes to their account elsewhere, once, as do all that wait there; a channel’s waits', async () => {
    fixture.slack.fail('k1', refusal())
    await enqueue()
    await enqueue('k2')
    const dispatcher = fixture.dispatcher(undefined, undefined, { addressBook })
    await dispatcher.dispatchDue()
    await fixture.enqueue('board', { place: slack('C1') })
    await dispatcher.dispatchDue()
    expect(fixture.teams.keys()).toEqual(['k1', 'k2'])
    expect(fixture.slack.posted).toEqual([])
    fixture.advance(60)
    await dispatcher.dispatchDue()
    expect([fixture.slack.keys(), fixture.teams.keys().length]).toEqual([['board'], 2])
    expect(await fixture.row('k1')).toMatchObject({ platform: 'teams', sentTo: 'a:1' })
  })

  test('waits where they have none, or where it may have been sent', async () => {
    gone.add('a:1')
    fixture.slack.fail('k1', refusal(), refusal())
    await enqueue()
    await dispatch()
    expect(await fixture.row('k1')).toMatchObject({ state: 'waiting', platform: 'slack' })
    gone.clear()
    await database.db.outboxMessage.updateMany({ data: { possiblySentAt: fixture.now } })
    fixture.advance(30)
    await dispatch()
    expect(fixture.teams.posted).toEqual([])
  })
})

describe('an account that was taken from a person', () => {
  test('gets no message that waited: it goes to the account that they have', async () => {
    await enqueue()
    places = [inTeams]
    await dispatch()
    expect(fixture.slack.posted).toEqual([])
    expect(fixture.teams.keys()).toEqual(['k1'])
  })

  test('gets none either where they have no other: it is dropped, with the reason', async () => {
    await enqueue()
    places = []
    await dispatch()
    expect(fixture.slack.posted).toEqual([])
    expect(await fixture.row('k1')).toMatchObject({
      ...{ state: 'dropped', errorCode: 'no_account' },
      error: 'they have no account in chat any more',
    })
  })

  test('sees no later change of a message that it was sent', async () => {
    await enqueue()
    await dispatch()
    const { id } = await fixture.row('k1')
    places = [inTeams]
    await inTransaction(database.db, (tx) => editMessage(tx, id, () => testCard, fixture.now))
    await dispatch()
    expect(fixture.slack.edits).toEqual([])
    expect(await database.db.messageEdit.count()).toBe(0)
  })
})
