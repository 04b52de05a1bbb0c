import { describe, expect, test } from '@jest/globals'
import { platformLookups } from '../../../../src/app/platform-lookups.ts'
import { systemClock } from '../../../../src/base/clock.ts'
import {
  type Channel,
  PlatformUnavailableError,
  RecipientGoneError,
} from '../../../../src/chat/port.ts'
import type { Audience } from '../../../../src/domain/programme/audience.ts'
import { loadSubscriptions } from '../../../../src/domain/schedule/subscription-store.ts'
import {
  channelRefusal,
  postingObstacle,
  visibilityRemarks,
} from '../../../../src/features/digests/posting/channel-visibility.ts'
import { channelAt, governed, privateChannel } from '../governed.ts'

const at = governed({ settings: { digest: { preview: false } } })

const thursday = '2017-02-16T12:00:00Z'
const monday = '2017-02-20T09:00:00Z'
const open: Channel = { ...privateChannel, visibility: 'everyone' }
const shared: Channel = { ...privateChannel, visibility: 'with outsiders' }
const unknownChannel: Channel = { ...privateChannel, visibility: 'cannot tell' }
const office = (text: string, moment = thursday, conversation = 'C1') =>
  at.say(at.office, text, moment, conversation)
const running = () => loadSubscriptions(at.db, at.programmeId)

describe('subscribing a channel', () => {
  test('confirms the audience, the scope, the channel and the time', async () => {
    await office('tag 2.2 Ofsted')
    const said = await office(
      'digest here weekly fri 16:00 in Europe/Paris to internal about 2, ofsted for BCS',
    )
    expect(said).toContain(
      'for the people of the programme alone, about workstreams 2, and projects tagged Ofsted'.replace(
        'workstreams',
        'workstream',
      ),
    )
    expect(said).toContain('The next one: Fri 17 Feb 2017, 16:00')
    expect(await running()).toMatchObject([
      {
        ...{ weekday: 'friday', time: '16:00', zone: 'Europe/Paris', audience: 'internal' },
        scope: { workstreams: ['2'], tags: ['Ofsted'] },
        reach: 'private',
      },
    ])
  })

  test.each<[string, Audience, Channel, RegExp | null]>([
    ['insiders in a channel of invited people', 'internal', privateChannel, null],
    ['insiders in an open channel', 'internal', open, /Everyone in your organisation/],
    ['insiders beside outsiders', 'internal', shared, /People from outside your organisation/],
    ['the board in a channel of invited people', 'board', privateChannel, null],
    ['the board in an open channel', 'board', open, null],
    ['the board beside outsiders', 'board', shared, /People from outside your organisation/],
    ['the board where nobody can tell', 'board', unknownChannel, null],
    ['the public beside outsiders', 'public', shared, null],
    [
      'an archived channel',
      'public',
      { ...open, isArchived: true },
      /is archived.*Nothing was saved/,
    ],
    [
      'a channel without Milepost',
      'public',
      { ...open, isMember: false },
      /I am not in this channel/,
    ],
    ['a channel with Milepost', 'board', { ...open, isMember: true }, null],
  ])('for %s', (_, audience, channel, expected) => {
    const refusal = channelRefusal(audience, channel)
    if (expected) expect(refusal).toMatch(expected)
    else expect(refusal).toBeNull()
  })

  test('that serves a board says so, keeps it, and lists it', async () => {
    const line = 'digest here weekly monday 09:00 serving Improvement Board, the chair'
    expect(await office(line)).toContain(
      'Decisions asked of Improvement Board and the chair stand first in it; those asked of others are counted, and follow in its thread.',
    )
    expect(await running()).toMatchObject([{ boards: ['Improvement Board', 'the chair'] }])
    expect(await office('digest channels')).toContain(
      'for the board, serving Improvement Board and the chair, about the whole programme.',
    )
    expect(await office(`${line} to public`)).toContain('Say for whom it is before the boards')
    expect(await office('digest here weekly monday 09:00 to public serving Cabinet')).toContain(
      'A public digest tells no decisions, so it serves no board.',
    )
    await office('decision Which partner needed from the Cabinet')
    await office('decision Which site needed from the chair')
    expect(await at.post(monday)).not.toEqual([])
    expect((await at.digests())[0]?.decisions).toMatchObject([
      { askedOf: 'the Cabinet', isOfOthers: true },
      { askedOf: 'the chair', isOfOthers: false },
    ])
    await office('digest here weekly monday 09:00', '2017-02-20T12:01:00Z')
    expect(await running()).toMatchObject([{ boards: [] }])
  })

  test('with outsiders in it is refused, and nothing is stored', async () => {
    at.channels.set('C1', shared)
    expect(await office('digest here weekly monday 09:00')).toContain('Nothing was saved.')
    expect(await running()).toEqual([])
    expect(await office('digest here weekly monday 09:00 to public')).toContain('for the public')
  })

  test('that is open says who can read it', async () => {
    at.channels.set('C1', open)
    expect(await office('digest here weekly monday 09:00')).toContain(
      'Everyone in your organisation can read this channel.',
    )
    expect(visibilityRemarks('board', unknownChannel)).toHaveLength(1)
    expect(visibilityRemarks('board', privateChannel)).toEqual([])
  })

  test('to an unknown part lists the parts there are', async () => {
    const said = await office('digest here weekly monday 09:00 about Ofstd')
    expect(said).toContain('There is no workstream and no tag “Ofstd”')
    expect(said).toContain('Workstreams: 2. No project has a tag. Nothing was saved.')
  })

  test('in an unknown zone is refused', async () => {
    expect(await office('digest here weekly monday 09:00 in Europe/Lndon')).toContain(
      'Did you mean Europe/London?',
    )
  })

  test('again for another audience at the same hour keeps this week’s digest', async () => {
    await office('digest here weekly monday 09:00')
    await office('digest here weekly monday 09:00 to public', '2017-02-20T09:30:00Z')
    expect(await at.post('2017-02-20T09:31:00Z')).toHaveLength(1)
    expect((await at.digests())[0]?.audience).toBe('public')
  })

  test('is listed to the programme office with the other channels', async () => {
    await office('digest here weekly monday 09:00')
    await office('digest here weekly fri 16:00 to public', '2017-02-16T12:01:00Z', 'C2')
    const told = await office('digest channels')
    expect(told).toContain(
      '1. #board on Slack: Monday 09:00 (Europe/London), for the board, about the whole programme. Next: Mon 20 Feb 2017, 09:00.',
    )
    expect(told).toContain('2. The channel C2 on Slack: Friday 16:00')
    expect(await at.say(at.lead, 'digest channels', thursday)).toContain(
      'Only the programme office',
    )
  })

  test('can be ended from anywhere, because nobody can write in an archived channel', async () => {
    await office('digest here weekly monday 09:00')
    at.channels.set('C1', { ...privateChannel, isArchived: true })
    expect(await office('digest channels', thursday, 'C2')).toContain('It is archived.')
    expect(await office('digest channels stop 2', thursday, 'C2')).toContain(
      'has 1 channel with a digest',
    )
    expect(await office('digest channels stop 1', thursday, 'C2')).toContain(
      'will not be posted in #board on Slack any more',
    )
    expect(await running()).toEqual([])
    await at.post(monday)
    expect(await at.told()).toEqual([])
  })
})

describe('before a digest is posted, its channel is checked', () => {
  const chosen = (audience: Audience, reach: 'private' | 'everyone' | null) => ({
    ...{ audience, reach, place: channelAt('C1'), weekday: 'monday' as const, time: '09:00' },
    ...{ zone: 'Europe/London', scope: { workstreams: ['2'], tags: ['Ofsted'] } },
    boards: ['Cabinet', 'the chair'],
  })
  test.each<
    [string, Audience, 'private' | 'everyone' | null, Channel | 'gone' | 'no answer', RegExp | null]
  >([
    ['for insiders, still private', 'internal', 'private', privateChannel, null],
    [
      'for insiders, opened since',
      'internal',
      'private',
      open,
      /Everyone .* can read #board on Slack now/,
    ],
    [
      'for the board, opened since',
      'board',
      'private',
      open,
      /weekly monday 09:00 in Europe\/London to board serving Cabinet, the chair about 2, Ofsted$/,
    ],
    ['for the board, open when it was chosen', 'board', 'everyone', open, null],
    ['for the board, open, and nobody could tell then', 'board', null, open, /Everyone/],
    [
      'for the board, with outsiders since',
      'board',
      'everyone',
      shared,
      /People from outside your organisation/,
    ],
    ['for the board, closed since', 'board', 'everyone', privateChannel, null],
    ['for the board where nobody can tell', 'board', 'private', unknownChannel, null],
    ['for the public, opened and shared', 'public', 'private', shared, null],
    ['archived', 'public', 'private', { ...open, isArchived: true }, /#board on Slack is archived/],
    ['gone', 'public', 'private', 'gone', /I cannot write in the channel C1 on Slack any more/],
    ['where the platform does not answer', 'internal', 'private', 'no answer', null],
  ])('its channel is looked at: %s', (_, audience, reach, found, expected) => {
    const obstacle = postingObstacle(chosen(audience, reach), found, {
      prefix: '/rag',
      platform: 'Slack',
    })
    if (expected) expect(obstacle).toMatch(expected)
    else expect(obstacle).toBeNull()
  })

  test('a channel made public since gets none, and the office is told once, in private, what to do', async () => {
    await office('digest here weekly monday 09:00')
    at.channels.set('C1', open)
    expect(await at.post(monday)).toEqual([])
    expect(await at.post('2017-02-20T09:01:00Z')).toEqual([])
    expect(await at.told()).toEqual(['A digest was not posted'])
    expect(await at.lastTold()).toContain('Make it private again')
    expect(await at.digests()).toEqual([])

    // The office knows, and says so: then it goes.
    await office('digest here weekly monday 09:00 to board', '2017-02-20T10:00:00Z')
    expect(await at.post('2017-02-20T10:01:00Z')).toHaveLength(1)
  })

  test('a channel that is private again gets it the next minute', async () => {
    await office('digest here weekly monday 09:00')
    at.channels.set('C1', shared)
    await at.post(monday)
    at.channels.set('C1', privateChannel)
    expect(await at.post('2017-02-20T09:01:00Z')).toHaveLength(1)
  })

  test('a channel that stays unsuitable is reported again when it is too late to post, and next week once more', async () => {
    await office('digest here weekly monday 09:00')
    at.channels.set('C1', { ...privateChannel, isArchived: true })
    await at.post(monday)
    await at.post('2017-02-21T09:01:00Z')
    await at.post('2017-02-21T09:02:00Z')
    await at.post('2017-02-27T09:00:00Z')
    expect(await at.told()).toHaveLength(3)
    expect(await at.told(at.colleague)).toHaveLength(3)
  })

  test('a channel that Slack knows by another id gets it there, with what waits for it; said again, nothing changes', async () => {
    await office('digest here weekly monday 09:00')
    await at.post(monday)
    at.channels.set('C9', privateChannel)
    const { noteChannelMoved } = platformLookups(at.db, systemClock, undefined)
    const move = { platform: 'slack', tenant: 'T1', from: 'C1', to: 'C9' }
    await noteChannelMoved({ ...move, tenant: 'T2' })
    await noteChannelMoved(move)
    await noteChannelMoved(move)
    expect(await at.post('2017-02-27T09:00:00Z')).toHaveLength(1)
    const posted = await at.db.outboxMessage.findMany({ where: { kind: 'digest' } })
    expect(posted.map(({ conversation }) => conversation)).toEqual(posted.map(() => 'C9'))
    expect(await running()).toMatchObject([{ place: { conversation: 'C9' } }])
  })

  test('a channel that no longer exists gets nothing', async () => {
    await office('digest here weekly monday 09:00')
    at.channels.set(
      'C1',
      new RecipientGoneError('channel_not_found', 'Slack says channel_not_found.'),
    )
    expect(await at.post(monday)).toEqual([])
    expect(await at.lastTold()).toContain('I cannot write in')
  })

  test('while the platform has not said whether guests are in it, a digest waits; one for the public does not', async () => {
    const undecided = { ...privateChannel, areMembersKnown: false }
    at.channels.set('C1', undecided)
    at.channels.set('C2', undecided)
    expect(await office('digest here weekly monday 09:00')).toContain(
      'I do not know yet whether guests are in this channel.',
    )
    expect(await office('digest here weekly monday 09:00 to public', thursday, 'C2')).not.toContain(
      'guests',
    )
    expect(await at.post(monday)).toHaveLength(1)
    at.channels.set('C1', shared)
    expect(await at.post('2017-02-20T09:01:00Z')).toEqual([])
    expect(await at.lastTold()).toContain('People from outside your organisation can read')
  })

  test('where the platform does not answer for half an hour, the digest is posted as chosen', async () => {
    await office('digest here weekly monday 09:00')
    at.channels.set(
      'C1',
      new PlatformUnavailableError('ECONNREFUSED', 'Slack could not be reached.', 'no'),
    )
    expect(await at.post(monday)).toEqual([])
    expect(await at.post('2017-02-20T09:29:00Z')).toEqual([])
    expect(at.logged).toEqual([])
    expect(await at.post('2017-02-20T09:30:00Z')).toHaveLength(1)
    expect(at.logged).toHaveLength(1)
    expect(await at.told()).toEqual([])
  })

  test('a channel that is unsuitable delays no other', async () => {
    await office('digest here weekly monday 09:00')
    at.channels.set('C2', privateChannel)
    await office('digest here weekly monday 09:00', thursday, 'C2')
    at.channels.set('C1', shared)
    expect(await at.post(monday)).toHaveLength(1)
    expect((await at.db.outboxMessage.findFirst({ where: { kind: 'digest' } }))?.conversation).toBe(
      'C2',
    )
  })

  test('where Milepost was not running at the time, the office is told', async () => {
    await office('digest here weekly monday 09:00')
    expect(await at.post('2017-02-22T09:00:00Z')).toEqual([])
    expect(await at.lastTold()).toContain('or I was not running')
  })
})

describe('the time at which a digest goes out', () => {
  test('is by the wall clock of its own zone, before and after the clocks change', async () => {
    await office('digest here weekly monday 09:00 in America/New_York')
    expect(await at.post('2017-02-20T13:59:00Z')).toEqual([])
    expect(await at.post('2017-02-20T14:00:00Z')).toHaveLength(1)
    // New York changed its clocks on Sun 12 Mar 2017.
    expect(await at.post('2017-03-13T12:59:00Z')).toEqual([])
    expect(await at.post('2017-03-13T13:00:00Z')).toHaveLength(1)
  })

  test('is on the Thursday before for Easter Monday; and it can be held until Tuesday', async () => {
    await office('digest here weekly monday 09:00')
    for (const monday of ['2017-02-20', '2017-04-10']) await at.post(`${monday}T09:00:00Z`)
    expect(await office('digest hold', '2017-04-12T12:00:00Z')).toContain('for Mon 17 Apr 2017')
    expect(await at.post('2017-04-13T08:00:00Z')).toEqual([])
    expect(await at.lastTold()).toContain('After Tue 18 Apr 2017, 09:00 it is not posted')
    await office('digest release', '2017-04-18T07:50:00Z')
    expect(await at.post('2017-04-18T07:55:00Z')).toHaveLength(1)
  })

  test('is reported to the office once, also by two processes at the same time', async () => {
    await office('digest here weekly monday 09:00')
    at.channels.set('C1', shared)
    await Promise.all([at.post(monday), at.post(monday), at.post(monday)])
    expect(await at.told()).toHaveLength(1)
    expect(at.logged).toEqual([])
  })
})

describe('the digest that a digest is compared with', () => {
  test('is the last one of the same part, in the same channel', async () => {
    await office('tag 2.2 Ofsted')
    await office('digest here weekly monday 09:00')
    await at.post(monday)
    await office('digest here weekly monday 09:00 about Ofsted', '2017-02-21T12:00:00Z')
    await at.post('2017-02-27T09:00:00Z')
    await office('digest here weekly monday 09:00', '2017-02-28T12:00:00Z')
    await at.post('2017-03-06T09:00:00Z')
    expect((await at.digests()).map(({ scope, previousAsAt }) => [scope, previousAsAt])).toEqual([
      [null, null],
      ['About projects tagged Ofsted: 1 of 2 projects', null],
      [null, '2017-02-20'],
    ])
  })
})
