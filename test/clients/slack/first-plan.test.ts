import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { eventually } from '../milepost.ts'
import { type InEmulate, serveInEmulate } from './in-emulate.ts'
import type { SlackPerson } from './person.ts'

/** From an empty installation to a programme at work, in a Slack that others wrote: no terminal, no page. */

const plan = readFileSync(new URL('../../../src/playground/sample/plan.csv', import.meta.url))
const people = [
  'Name,Post,Role,Leads',
  'Priya Marlowe,Programme office manager,programme office,',
  'Mei Harrow,Head of workforce,lead,1.1;1.2',
].join('\n')

let town: InEmulate
let steps = 0

beforeAll(async () => {
  town = await serveInEmulate()
}, 60_000)
afterAll(() => town?.close())

const told = (person: SlackPerson, words: string | RegExp) =>
  eventually(async () => expect(await person.sees()).toMatch(words))
const press = async (title: string) => {
  steps += 1
  await town.office.press(title)
}

describe('a programme office begins in emulate', () => {
  test('the programme is set up by a line in the chat', async () => {
    await town.office.say('setup W17 Better Together')
    await told(town.office, 'W17 Better Together is set up')
  })

  test('the plan is dropped, looked at and imported', async () => {
    await town.office.drop('plan.csv', plan)
    await told(town.office, /8 workstreams, 47 projects/)
    await press('Import')
    await told(town.office, 'is in the plan of Better Together')
    expect(await town.milepost.db.project.count()).toBe(47)
  })

  test('the people are dropped, and the owners linked', async () => {
    await town.office.drop('people.csv', Buffer.from(people))
    await told(town.office, 'people.csv')
    await press('Import')
    await told(town.office, 'the rights of 1 person changed')
    await press('Find the owners here')
    await told(town.office, 'Who is who: 1 name without an account')
    await press('Link this one')
    await eventually(async () => expect(await town.milepost.db.identity.count()).toBe(2))
  })

  test('the digest is asked for in the leadership channel', async () => {
    const board = await town.invite('board')
    steps += 1
    expect(await town.office.command('digest here weekly friday 14:00', board)).toContain(
      'Fri 11 Jan',
    )
  })

  test('a lead is asked before the first deadline, and answers', async () => {
    await town.milepost.moveTo('2030-03-05T09:05:00Z')
    await told(town.lead, '1.1')
    await town.lead.say('1.1 is amber because the adverts are late, back to green by 30 June')
    await told(town.lead, /1\.1 .* is ▲ Amber/)
  })

  test('it took at most eight presses and lines, and nothing was logged as trouble', () => {
    expect(steps).toBeLessThanOrEqual(8)
    expect(town.milepost.trouble).toEqual([])
  })
})
