import { beforeEach, describe, expect, test } from '@jest/globals'
import { chatOn, emptyDatabase, type StoredPerson, wordsOf } from '../../support/programme.ts'
import { storeTwoProgrammes, type TwoProgrammes } from '../../support/two-programmes.ts'

const fresh = emptyDatabase()
const today = '2017-03-01'

let at: TwoProgrammes
beforeEach(async () => {
  at = await storeTwoProgrammes(fresh.db)
})

const say = async (who: StoredPerson, typed: string) =>
  wordsOf(await chatOn(fresh.db, today).ask(who, typed))

const leaves = () => fresh.db.leave.findMany({ orderBy: { at: 'asc' } })

describe('leave that an office says for somebody who leads elsewhere', () => {
  beforeEach(() => say(at.zoe, 'away for Asha Verity 1 Mar to 10 Mar deputy Zoe Marsh'))

  test('is kept for its own programme', async () => {
    expect(await leaves()).toMatchObject([
      { personId: at.asha.id, deputyId: at.zoe.id, programmeId: at.oth },
    ])
  })

  test.each([
    '2.1 green',
    'done 2.1 1',
    'move 2.1 1 to 1 Sep 2017 because it waits',
    '2.1 no change',
  ])('gives its deputy no right in the other one: %s', async (typed) => {
    expect(await say(at.zoe, typed)).toContain('2.1 Practice standards is updated by its leads')
    expect(await fresh.db.statusUpdate.count()).toBe(0)
    expect(await fresh.db.milestoneMove.count()).toBe(0)
  })

  test('lists nothing of the other one among the projects of its deputy', async () => {
    const page = await say(at.zoe, '')
    expect(page).toContain('You have nothing to answer.')
    expect(page).not.toMatch(/Practice standards|Asha Verity/)
  })

  test('is unknown to the office of the other one, which can say leave of its own', async () => {
    expect(await say(at.priya, 'away for Asha Verity')).toContain(
      'Asha Verity is not away, and no leave is ahead.',
    )
    await say(at.priya, 'away for Asha Verity 3 Mar to 7 Mar deputy Tom Quill')
    expect(await say(at.tom, '2.1 green')).toContain('2.1 Practice standards is updated by')
    expect(wordsOf(await chatOn(fresh.db, '2017-03-06').ask(at.tom, '2.1 green'))).toContain(
      'Saved',
    )
  })

  test('cannot be ended by the office of the other one', async () => {
    expect(await say(at.priya, 'back for Asha Verity')).toContain('is not away')
    expect(await leaves()).toMatchObject([{ returnedOn: null }])
  })

  test('is ended by the person', async () => {
    expect(await say(at.asha, 'back')).toContain('is called off')
    expect(await leaves()).toMatchObject([{ returnedById: at.asha.id }])
  })
})

describe('leave that somebody says of themselves', () => {
  beforeEach(() => say(at.asha, 'away 1 Mar to 10 Mar deputy Tom Quill'))

  test('counts everywhere, and its deputy may answer', async () => {
    expect(await leaves()).toMatchObject([{ programmeId: null }])
    expect(await say(at.tom, '2.1 green')).toContain('Saved')
  })

  test('is told to an office without the name of a deputy from elsewhere', async () => {
    const told = await say(at.zoe, 'away for Asha Verity')
    expect(told).toContain('Asha Verity is away Wed 1 Mar 2017 to Fri 10 Mar 2017, no deputy')
    expect(told).not.toContain('Tom Quill')
  })

  test('is theirs to end', async () => {
    expect(await say(at.zoe, 'back for Asha Verity')).toContain('said that leave, and ends it')
    expect(await leaves()).toMatchObject([{ returnedOn: null }])
  })
})

describe('a deputy whom an office names', () => {
  beforeEach(() =>
    fresh.db.membership.deleteMany({ where: { personId: at.zoe.id, programmeId: at.bcs } }),
  )

  test.each(['Tom Quill', 'Tom Quil'])('is nobody of another programme: %s', async (named) => {
    const told = await say(at.zoe, `away for Asha Verity 1 Mar to 10 Mar deputy ${named}`)
    expect(told).toContain(`Nobody in your programmes is called “${named}”`)
    expect(told).not.toContain('Did you mean')
    expect(await leaves()).toEqual([])
  })
})
