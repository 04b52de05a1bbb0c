import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../src/chat/reply.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let asha: StoredPerson
let tom: StoredPerson
let priya: StoredPerson
let sam: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, priya, sam] = await storePeople(
    db,
    'Asha Verity',
    'Tom Quill',
    'Priya Marlowe',
    'Sam Orchard',
  )
  await storeProgramme(db, {
    key: 'BCS',
    office: [priya, sam],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Supervision', leads: [asha] },
      { ref: '2.3', title: 'Records', leads: [tom] },
      { ref: '2.4', title: 'Old site', leads: [tom] },
    ],
  })
  const before = at('2017-02-15 12:00')
  await before.ask(asha, '2.1 amber no provider green by 30 Jun')
  await before.ask(asha, '2.2 green')
  await before.ask(tom, '2.4 no update required')
})

/** A chat at a moment in London's winter. */
function at(moment: string) {
  const [day = '', time = ''] = moment.split(' ')
  return chatOn(fresh.db, day, { clock: clockAt(new Date(`${day}T${time}:00Z`)) })
}

/** As the programme office asks at a moment. */
const office = async (moment: string, asked: string) => wordsOf(await at(moment).ask(priya, asked))

const buttonsOf = (reply: Reply) =>
  (reply.card.data as { buttons: { title: string }[] }).buttons.map(({ title }) => title)

const changes = () => fresh.db.roundChange.findMany({ orderBy: { at: 'asc' } })

describe('the round, for the programme office', () => {
  test('shows its times, who answered and how, and who did not, by name', async () => {
    await at('2017-02-21 12:00').ask(asha, 'no change 2.1')
    await at('2017-02-22 12:00').ask(tom, '2.3 red nobody to do it green by 30 Jun')
    const reply = await at('2017-02-22 13:00').ask(priya, 'round')
    expect(reply.card).toMatchObject({
      name: 'round',
      data: {
        heading: 'For the digest of Mon 27 Feb 2017',
        lines: [
          'Open since Tue 21 Feb 2017, 09:00; closes Thu 23 Feb 2017, 12:00.',
          'Whoever has not answered is nudged on Thu 23 Feb 2017, 09:00.',
          '2 of 3 projects have answered (1 with an update, 1 with “no change”). 1 needs none.',
          'The round before, for the digest of Mon 20 Feb 2017, closed on Thu 16 Feb 2017, 12:00: 3 of 4 answered.',
        ],
        groups: [
          { heading: 'Still to answer', rows: ['Asha Verity: 2.2'] },
          {
            heading: 'Answered',
            rows: [
              '2.1 Practice standards: no change, Asha Verity, Tue 21 Feb 2017',
              '2.3 Records: Tom Quill, Wed 22 Feb 2017',
            ],
          },
        ],
      },
    })
    expect(buttonsOf(reply)).toEqual(['Nudge now', 'Close', 'Extend'])
  })

  test('counts where a state differs from its criteria', async () => {
    await at('2017-02-22 12:00').submit(asha, 'update', {
      project: '2.1',
      state: 'green',
      criteria: 'scope',
      differs: 'The rest is agreed',
    })
    expect(await office('2017-02-22 13:00', 'round')).toContain(
      '1 project differs from its criteria: /rag mismatches lists them.',
    )
  })

  test('shows who answers for somebody who is away', async () => {
    await at('2017-02-16 13:00').ask(asha, 'away 20 Feb to 24 Feb deputy Tom Quill')
    expect(await office('2017-02-21 12:00', 'round')).toContain(
      'Tom Quill: 2.1, 2.2 (Asha Verity is away until Fri 24 Feb 2017); 2.3',
    )
  })

  test('before it opens, counts early answers and those after the last closing', async () => {
    await at('2017-02-16 11:00').ask(asha, 'no change 2.1')
    await at('2017-02-17 12:00').ask(asha, 'no change 2.2')
    const words = await office('2017-02-20 12:00', 'round')
    expect(words).toContain('Opens Tue 21 Feb 2017, 09:00; closes Thu 23 Feb 2017, 12:00.')
    expect(words).toContain('1 of 3 projects has answered already: an early answer counts')
  })

  test('between two rounds, offers to open the last one again', async () => {
    const reply = await at('2017-02-24 12:00').ask(priya, 'round')
    expect(wordsOf(reply)).toContain('For the digest of Mon 6 Mar 2017')
    expect(buttonsOf(reply)).toEqual(['Open again'])
  })

  test('of a plan without projects says so', async () => {
    await storeProgramme(fresh.db, { key: 'NEW', office: [priya], projects: [] })
    expect(await office('2017-02-22 12:00', 'round for NEW')).toContain(
      'The plan has no projects yet, so nobody is asked.',
    )
  })
})

test('anybody else sees the times of the round and their own part alone', async () => {
  await at('2017-02-21 12:00').ask(asha, 'no change 2.1')
  const reply = await at('2017-02-22 12:00').ask(asha, 'round')
  expect(reply.card.data).toMatchObject({
    groups: [
      { heading: 'You owe', rows: ['2.2 Supervision: ● Green, last said 7 days ago'] },
      { heading: 'You answered', rows: ['2.1 Practice standards: Tue 21 Feb 2017'] },
    ],
    buttons: [{ title: 'Answer', verb: 'mine' }],
  })
  expect(wordsOf(reply)).not.toContain('Tom Quill')
})

describe('closing a round', () => {
  test('makes later updates count for the next round', async () => {
    expect(await office('2017-02-22 12:00', 'round close')).toContain(
      'The round for the digest of Mon 27 Feb 2017 is closed.',
    )
    await at('2017-02-22 13:00').ask(asha, 'no change 2.1')
    const words = await office('2017-02-22 14:00', 'round')
    expect(words).toContain('For the digest of Mon 6 Mar 2017')
    expect(words).toContain('1 of 3 projects has answered already')
    expect(words).toContain('closed on Wed 22 Feb 2017, 12:00: 0 of 3 answered.')
  })

  test('twice says when it was closed', async () => {
    await office('2017-02-22 12:00', 'round close')
    expect(await office('2017-02-22 12:00', 'round close')).toContain(
      'No round is open. The last one closed on Wed 22 Feb 2017, 12:00. The next one opens on Tue 28 Feb 2017, 09:00.',
    )
    expect(await changes()).toHaveLength(1)
  })

  test('by two people at the same time is stored once', async () => {
    const chat = at('2017-02-22 12:00')
    const replies = await Promise.all([
      chat.ask(priya, 'round close'),
      chat.ask(sam, 'round close'),
    ])
    const headings = replies.map(({ card }) => (card.data as { heading: string }).heading)
    expect(headings.toSorted()).toEqual(['Nothing to change', 'Saved'])
    expect(await changes()).toHaveLength(1)
  })

  test.each(['round close', 'round nudge', 'round extend to Fri 24 Feb', 'round names on'])(
    '“%s” is for the programme office',
    async (asked) => {
      expect(wordsOf(await at('2017-02-22 12:00').ask(asha, asked))).toContain(
        'Only the programme office of Programme BCS can do that.',
      )
      expect(await changes()).toEqual([])
    },
  )
})

describe('keeping a round open', () => {
  test('until a later day closes it at the usual hour where no time is given', async () => {
    expect(await office('2017-02-22 12:00', 'round extend to Fri 24 Feb')).toContain(
      'is open until Fri 24 Feb 2017, 12:00.',
    )
    expect(await office('2017-02-22 12:00', 'round extend to Fri at 4.30')).toContain(
      'It is open until Fri 24 Feb 2017, 12:00 as it is.',
    )
    expect(await office('2017-02-23 13:00', 'round extend to Fri 24 Feb 16:30')).toContain(
      'is open until Fri 24 Feb 2017, 16:30.',
    )
    expect(await office('2017-02-24 16:00', 'round')).toContain('closes Fri 24 Feb 2017, 16:30.')
  })

  test('reopens a closed round while its digest is not out', async () => {
    expect(await office('2017-02-23 14:00', 'round extend to tomorrow 16:00')).toContain(
      'The round for the digest of Mon 27 Feb 2017 is open again, until Fri 24 Feb 2017, 16:00.',
    )
    expect(await changes()).toMatchObject([{ kind: 'opened', byId: priya.id, source: 'slack' }])
  })

  test.each([
    ['into the past', 'round extend to Tue 21 Feb', 'Tue 21 Feb 2017, 12:00 has passed.'],
    [
      'beyond its digest',
      'round extend to Mon 27 Feb at 12:00',
      'It has to close before what it serves goes out, on Mon 27 Feb 2017, 09:00.',
    ],
    ['to sooner than it closes', 'round extend to Thu 23 Feb at 11:00', 'or close it now.'],
    [
      'to what is no time',
      'round extend to Thu 23 Feb at 25:00',
      'could not read “25:00” as a time',
    ],
    ['to what is no day', 'round extend to someday', 'could not read “someday” as a date'],
  ])('%s is refused, and nothing is stored', async (_, asked, words) => {
    expect(await office('2017-02-22 12:00', asked)).toContain(words)
    expect(await changes()).toEqual([])
  })

  test('works by form, which shows the round and any problem', async () => {
    const chat = at('2017-02-22 12:00')
    const opened = await chat.press(priya, 'round-extend:form', { programme: 'BCS' })
    expect(opened).toMatchObject({
      kind: 'form',
      card: {
        data: {
          title: 'The round for the digest of Mon 27 Feb 2017',
          now: 'It closes on Thu 23 Feb 2017, 12:00. The digest goes out on Mon 27 Feb 2017, 09:00.',
          time: '12:00',
        },
      },
    })
    const filled = { programme: 'BCS', time: '12:00' }
    const wrong = await chat.submit(priya, 'round-extend', { ...filled, date: '2017-03-01' })
    expect(wrong).toMatchObject({
      kind: 'invalid',
      card: {
        data: { date: '2017-03-01', problem: expect.stringContaining('has to close before') },
      },
    })
    const late = { ...filled, date: '2017-02-24', time: '25:00' }
    expect(await chat.submit(priya, 'round-extend', late)).toMatchObject({
      kind: 'invalid',
      card: { data: { time: '25:00', problem: expect.stringContaining('“25:00” as a time') } },
    })
    await chat.submit(priya, 'round-extend', { ...filled, date: '2017-02-24' })
    expect(await changes()).toMatchObject([{ kind: 'extended' }])
  })
})

describe('nudging', () => {
  test('happens once a round, and says who is nudged, or that all have answered', async () => {
    expect(await office('2017-02-22 12:00', 'round nudge')).toContain(
      '2 people are nudged about 3 projects: Asha Verity and Tom Quill.',
    )
    expect(await office('2017-02-22 13:00', 'round nudge')).toContain(
      'You had everybody nudged on Wed 22 Feb 2017, 12:00. Once a round is enough',
    )
    expect(await changes()).toMatchObject([{ kind: 'nudged' }])
  })

  test('is refused where the round is not open or all have answered', async () => {
    expect(await office('2017-02-20 12:00', 'round nudge')).toContain(
      'No round is open. The next one opens on Tue 21 Feb 2017, 09:00.',
    )
    await at('2017-02-21 12:00').ask(asha, 'no change all')
    await at('2017-02-21 12:00').ask(tom, '2.3 green')
    expect(await office('2017-02-22 12:00', 'round nudge')).toContain('Everybody has answered')
    expect(await changes()).toEqual([])
  })
})
