import { beforeEach, describe, expect, test } from '@jest/globals'
import { definePlanAttribute } from '../../../src/domain/plan/attributes/attribute.ts'
import { loadProject } from '../../../src/domain/plan/store.ts'
import { createSetCommand } from '../../../src/features/plan-editing/set-field.ts'
import {
  type Chat,
  chatOn,
  day,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'
import { withToll } from '../../support/toll-attribute.ts'

/** Another one for the tests, in a person's own words. */
const note = definePlanAttribute({
  ...{ key: 'note', column: 'Note', noun: 'note', example: 'Shared with Health' },
  isFreeText: true,
  parse: (text) => ({ value: text, problem: null }),
  format: (value) => value,
})

const fresh = emptyDatabase()
const commands = [createSetCommand([...withToll, note])]
let chat: Chat
let asha: StoredPerson
let priya: StoredPerson
let ravi: StoredPerson

beforeEach(async () => {
  ;[asha, priya, ravi] = await storePeople(fresh.db, 'Asha Verity', 'Priya Marlowe', 'Ravi Sale')
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    members: [ravi],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha] }],
  })
  chat = chatOn(fresh.db, '2017-02-24', { commands })
})

const say = async (text: string, who = asha) => wordsOf(await chat.ask(who, text))
const attributesOn = async (asAt: string) =>
  (await loadProject(fresh.db, await projectIdOf(fresh.db, '2.1'), day(asAt))).attributes
const rows = () => fresh.db.projectAttribute.findMany({ orderBy: { at: 'asc' } })

describe('an attribute of a project', () => {
  test('is set by its lead, and by the office, by any of its names', async () => {
    expect(await say('set 2.1 toll to £40,000')).toMatch(
      /Saved\n2\.1 Practice standards\nToll: £40,000\nUndo/,
    )
    expect(await say('set 2.1 Bridge Toll to 52000', priya)).toContain('Toll: £52,000, was £40,000')
    expect(await say('set 2.1 start date to next friday')).toContain('Starts: Fri 3 Mar 2017')
    expect(await attributesOn('2017-02-24')).toEqual({ toll: '52000', start: '2017-03-03' })
  })

  test('keeps what it was on an earlier day', async () => {
    await say('set 2.1 toll to 40000')
    const later = chatOn(fresh.db, '2017-03-10', { commands })
    await later.ask(asha, 'set 2.1 toll to 52000')
    await later.ask(asha, 'set 2.1 toll to none')
    expect(await attributesOn('2017-02-23')).toEqual({})
    expect(await attributesOn('2017-03-09')).toEqual({ toll: '40000' })
    expect(await attributesOn('2017-03-10')).toEqual({})
    expect(await rows()).toHaveLength(3)
    expect((await rows())[0]).toMatchObject({ byId: asha.id, onBehalfOfId: null, source: 'slack' })
  })

  test('of several values given at the same moment, the last one counts', async () => {
    for (const amount of [1, 2, 3, 4, 5]) await say(`set 2.1 toll to ${amount}`)
    expect(await attributesOn('2017-02-24')).toEqual({ toll: '5' })
  })

  test('with the same value is not written again', async () => {
    await say('set 2.1 toll to 40000')
    expect(await say('set 2.1 toll paid to £40,000')).toContain('Nothing to change')
    expect(await say('set 2.1 starts to none')).toContain('Starts: none')
    expect(await rows()).toHaveLength(1)
  })

  test.each([
    ['set 2.1 brige tol to 4', 'has no “brige tol”. Did you mean Toll? Nothing was saved.'],
    ['set 2.1 colour to 4', 'Moves measures, Toll and Note. Nothing was saved.'],
    ['set 2.1 toll to plenty', '“plenty” is no amount. Write it as 40000. Nothing was saved.'],
    ['set 2.1 toll to -5', '“-5”: An amount is not below nothing. Nothing was saved.'],
    ['set 2.1 starts to some time', '“some time” is no day. Write it as 2017-02-24.'],
  ])('%s is refused with what to do', async (text, answer) => {
    expect(await say(text)).toContain(answer)
    expect(await rows()).toEqual([])
  })

  test('is not changed by a viewer', async () => {
    expect(await say('set 2.1 toll to 4', ravi)).toContain('is updated by its leads')
    expect(await rows()).toEqual([])
  })

  test('in free text is checked for personal data about children', async () => {
    const words = 'set 2.1 note to Tom, aged 9, goes to school'
    expect(await say(words)).toContain('Nothing was saved.')
    expect(await rows()).toEqual([])
    expect(await say(`${words} words are fine because it is a pilot name`)).toContain('Saved')
    expect(await rows()).toMatchObject([{ key: 'note', value: 'Tom, aged 9, goes to school' }])
  })
})

test('Milepost’s own attributes are set by its own commands, and shown with the project', async () => {
  const real = chatOn(fresh.db, '2017-02-24')
  await real.ask(asha, 'set 2.1 starts to 1 Mar 2017')
  expect(wordsOf(await real.ask(ravi, '2.1'))).toContain('Starts\nWed 1 Mar 2017')
})
