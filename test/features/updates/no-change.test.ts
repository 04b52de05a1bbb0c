import { beforeEach, describe, expect, test } from '@jest/globals'
import { toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let programmeId: string
let asha: StoredPerson
let tom: StoredPerson
let priya: StoredPerson
let vera: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, priya, vera] = await storePeople(
    db,
    'Asha Verity',
    'Tom Quill',
    'Priya Marlowe',
    'Vera Lind',
  )
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [vera],
    settings: { confirm: { improvement: true } },
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      {
        ...{ ref: '2.2', title: 'Supervision', leads: [asha] },
        milestones: [
          ['Policy written', '2017-02-17'],
          ['Policy agreed', '2017-02-20'],
        ],
      },
      { ref: '2.3', title: 'Records', leads: [asha] },
      { ref: '2.4', title: 'Training', leads: [tom] },
    ],
  })
  const earlier = chatOn(db, '2017-02-15')
  await earlier.ask(asha, '2.1 amber no provider green by 30 Jun')
  await earlier.ask(asha, '2.2 green')
  await earlier.ask(tom, '2.4 red nobody to teach green by 20 Feb')
})

const on = (text: string) => chatOn(fresh.db, text)

async function projectAt(asAt: string, ref: string) {
  const { projects } = await loadPlan(fresh.db, programmeId, day(asAt))
  const found = projects.find((one) => one.ref === ref)
  if (!found) throw new Error(`no project ${ref}`)
  return found
}

describe('“no change” to one project', () => {
  test.each(['no-change 2.1', 'no change 2.1', '2.1 no change', 'No change 2.1'])(
    'is said as “%s”, and says again what was said last, as at today',
    async (typed) => {
      const words = wordsOf(await on('2017-02-22').ask(asha, typed))
      expect(words).toContain(
        '2.1 Practice standards is still ▲ Amber, as at Wed 22 Feb 2017. No change, attested by you.',
      )
      expect(words).toContain('Reason: no provider')
      const { updates } = await projectAt('2017-02-22', '2.1')
      const [attested, said] = updates
      expect(updates).toHaveLength(2)
      expect(attested).toMatchObject({
        state: 'amber',
        reason: 'no provider',
        greenBy: '2017-06-30',
        onDay: '2017-02-22',
        byId: asha.id,
        attestsId: said?.id,
      })
    },
  )

  test('attested twice, the words are still those of the first', async () => {
    await on('2017-02-22').ask(asha, 'no change 2.1')
    await on('2017-03-01').ask(asha, 'no change 2.1')
    const { updates } = await projectAt('2017-03-01', '2.1')
    expect(updates.map(({ attestsId }) => attestsId)).toEqual([
      updates[2]?.id,
      updates[2]?.id,
      null,
    ])
  })

  test('is shown in the history as what it is', async () => {
    await on('2017-02-22').ask(asha, 'no change 2.1')
    expect((await on('2017-02-23').ask(vera, '2.1')).card.data).toMatchObject({
      state: '▲ Amber',
      since: 'no change, attested by Asha Verity on Wed 22 Feb 2017',
      details: expect.arrayContaining([{ label: 'Reason', text: 'no provider' }]),
      history: [
        { text: 'Wed 22 Feb 2017: ▲ Amber, no change, attested by Asha Verity', reason: '' },
        { text: 'Wed 15 Feb 2017: ▲ Amber, by Asha Verity', reason: 'no provider' },
      ],
    })
  })

  test('said twice in a day is stored once', async () => {
    await on('2017-02-22').press(asha, 'no-change', { project: await projectIdOf(fresh.db, '2.1') })
    const again = await on('2017-02-22').ask(asha, 'no change 2.1')
    expect(again.card.data).toMatchObject({
      heading: 'Nothing to change',
      lines: ['2.1 Practice standards: ▲ Amber. That was said today already.'],
    })
    expect((await projectAt('2017-02-22', '2.1')).updates).toHaveLength(2)
  })

  test('pressed twice at the same moment is stored once', async () => {
    const chat = on('2017-02-22')
    const press = () => chat.ask(asha, 'no change 2.1')
    const replies = await Promise.all([press(), press(), press()])
    expect(replies.filter((reply) => wordsOf(reply).includes('said today already'))).toHaveLength(2)
    expect((await projectAt('2017-02-22', '2.1')).updates).toHaveLength(2)
  })

  test('of a project that was never rated attests nothing, and offers an update', async () => {
    const { card } = await on('2017-02-22').ask(asha, 'no change 2.3')
    expect(card.data).toMatchObject({
      heading: 'Not saved',
      lines: [
        '2.3 Records was never rated.',
        'Please say how it stands now, with Update.',
        'Nothing was saved.',
      ],
      buttons: [{ title: 'Update', verb: 'update:form' }],
    })
    expect((await projectAt('2017-02-22', '2.3')).updates).toEqual([])
  })

  test('is not enough where the day it was to be Green by has passed', async () => {
    const words = wordsOf(await on('2017-02-21').ask(tom, 'no change 2.4'))
    expect(words).toContain(
      '2.4 Training is ◆ Red, and was to be back to Green by Mon 20 Feb 2017, which has passed.',
    )
    expect(await on('2017-02-20').ask(tom, 'no change 2.4')).toMatchObject({
      card: { data: { heading: 'Saved' } },
    })
  })

  test('is asked about as an update would be: a Green with two milestones overdue', async () => {
    const { card } = await on('2017-02-22').ask(asha, 'no change 2.2')
    expect(JSON.stringify(card.data)).toContain('2 milestones are overdue. Is Green still right?')
    expect(card.data).toMatchObject({
      heading: 'Saved',
      buttons: [{ verb: 'answer:form' }, { verb: 'undo' }],
    })
  })

  test('is not for those who only read', async () => {
    const words = wordsOf(await on('2017-02-22').ask(vera, 'no change 2.1'))
    expect(words).toContain('2.1 Practice standards is updated by its leads')
    expect((await projectAt('2017-02-22', '2.1')).updates).toHaveLength(1)
  })

  test('of an improvement that awaits confirmation awaits it still', async () => {
    await on('2017-02-16').ask(tom, '2.4 green')
    const words = wordsOf(await on('2017-02-22').ask(tom, 'no change 2.4'))
    expect(words).toContain('● Green, awaiting confirmation; counts as ◆ Red')
    await on('2017-02-23').ask(priya, 'confirm 2.4')
    const [attested] = (await projectAt('2017-02-23', '2.4')).updates
    expect(attested).toMatchObject({ awaitsConfirmation: false, confirmedById: priya.id })
  })

  test('a deputy attests for who is away', async () => {
    await on('2017-02-16').ask(asha, 'away 20 Feb to 24 Feb deputy Vera Lind')
    await on('2017-02-22').ask(vera, 'no change 2.1')
    const { card } = await on('2017-02-23').ask(priya, '2.1')
    expect(card.data).toMatchObject({
      since: 'no change, attested by Vera Lind for Asha Verity on Wed 22 Feb 2017',
    })
  })

  test('of what only a sheet said makes it somebody’s word, also on the day of the sheet', async () => {
    await fresh.db.statusUpdate.create({
      data: {
        id: newId(),
        projectId: await projectIdOf(fresh.db, '2.3'),
        state: 'green',
        source: 'import',
        onDay: toDbDate(day('2017-02-22')),
        at: new Date('2017-02-22T10:00:00Z'),
      },
    })
    await on('2017-02-22').ask(asha, 'no change 2.3')
    expect((await projectAt('2017-02-22', '2.3')).updates).toMatchObject([
      { byId: asha.id, source: 'slack' },
      { byId: null, source: 'import' },
    ])
  })
})

describe('“no change” to all', () => {
  test('attests what owes its update, lists it, and says what needs more than that', async () => {
    const { card } = await on('2017-02-22').ask(asha, 'no-change all')
    expect(card.data).toMatchObject({
      heading: 'Saved',
      lines: [
        'No change to 2 projects, attested by you as at Wed 22 Feb 2017:',
        '2.1 Practice standards: ▲ Amber',
        '2.2 Supervision: ● Green',
        '2.3 Records was never rated.',
        'Please say how it stands now, with Update.',
      ],
      buttons: [{ title: 'Update', verb: 'update:form' }],
    })
    expect((await projectAt('2017-02-22', '2.2')).updates).toHaveLength(2)
    expect((await projectAt('2017-02-22', '2.4')).updates).toHaveLength(1)
  })

  test('leaves what was answered in this round as it is', async () => {
    await on('2017-02-21').ask(asha, '2.2 amber a post is vacant green by 30 Jun')
    const words = wordsOf(await on('2017-02-22').ask(asha, 'no change all'))
    expect(words).toContain('No change to 1 project')
    expect((await projectAt('2017-02-22', '2.2')).updates).toHaveLength(2)
    const again = wordsOf(await on('2017-02-22').ask(asha, 'no change all'))
    expect(again).toContain('Nothing to attest')
    expect(again).toContain('2.3 Records was never rated.')
  })

  test('after the round has closed, it counts for the next one', async () => {
    await on('2017-02-22').ask(asha, 'no change all')
    const words = wordsOf(await on('2017-02-24').ask(asha, 'no change all'))
    expect(words).toContain('No change to 2 projects, attested by you as at Fri 24 Feb 2017')
  })

  test('is said for one’s own projects alone, and for those one stands in for', async () => {
    expect(wordsOf(await on('2017-02-17').ask(priya, 'no change all'))).toContain(
      'None of your own projects owes an update just now, thank you.',
    )
    await on('2017-02-16').ask(asha, 'away 20 Feb to 24 Feb deputy Tom Quill')
    await on('2017-02-22').ask(tom, 'no change all for BCS')
    const updates = (await projectAt('2017-02-22', '2.1')).updates
    expect(updates[0]).toMatchObject({ byId: tom.id, onBehalfOfId: asha.id })
  })

  test('tells the message whose button was pressed what was attested', async () => {
    const notes: (string | undefined)[] = []
    const chat = chatOn(fresh.db, '2017-02-22', {
      redraw: async (_, __, ___, note) => {
        notes.push(note)
        return undefined
      },
    })
    const message = {
      place: { platform: 'slack', tenant: 'T1', conversation: 'D1', kind: 'direct' },
      messageId: 'M1',
    } as const
    await chat.ask(asha, { input: { by: 'button', verb: 'no-change', args: {} }, message })
    expect(notes).toEqual(['No change to 2 projects: 2.1, 2.2'])
  })
})
