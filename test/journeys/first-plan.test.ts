import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  accountOf,
  type ChatUserOf,
  type Drop,
  dropInSlack,
  dropInTeams,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'
import { openStills, type Stills, takesStills } from './stills.ts'

/**
 * From an empty installation to a programme at work, by its office alone, in chat: no terminal, no page, and at most eight
 * presses and lines after the plan is dropped.
 */

const published = new URL('../../../shared/plans/worcestershire-2017.csv', import.meta.url)
const sample = new URL('../../src/playground/sample/plan.csv', import.meta.url)
const isPublishedThere = existsSync(published)
if (!isPublishedThere)
  console.info('The published plan is not beside the project: the sample of its shape is taken.')
// Pictures show what we wrote ourselves.
const plan = readFileSync(isPublishedThere && !takesStills ? published : sample)

/** Names, posts and what they lead; no account: those are found in the workspace. */
const people = [
  'Name,Post,Role,Leads',
  'Priya Marlowe,Programme office manager,programme office,',
  'Mei Harrow,Head of workforce,lead,1.1;1.2',
  'Asha Verity,Head of practice,lead,2.1',
].join('\n')

const office = 'Priya Marlowe'

const platforms: readonly (readonly [string, ChatUserOf, Drop])[] = [
  ['Slack', slackUser, dropInSlack],
  ['Teams', teamsUser, dropInTeams],
]

describe.each(platforms)('a programme office begins in %s', (platform, userOf, drop) => {
  let installation: Installation
  let stills: Stills
  let steps = 0
  const admin = () => userOf(installation, office)
  const seen = (text: string | RegExp) =>
    eventually(() => expect(admin().visibleText()).toMatch(text), 15_000)
  const press = (title: string, near = '') => {
    steps += 1
    return admin().press(title, near)
  }

  beforeAll(async () => {
    installation = await startInstallation({ isEmpty: true })
    await admin().send('setup W17 Better Together')
    await seen('W17 Better Together is set up')
    stills = await openStills(installation, platform, office)
  }, 60_000)
  afterAll(async () => {
    await stills?.close()
    await installation?.close()
  })

  test('the plan is dropped, looked at and imported', async () => {
    await drop(installation, office, { name: 'plan.csv', bytes: plan })
    await seen(/8 workstreams, 47 projects/)
    await stills.take('1-preview', 'How each heading was read')
    await press('Import')
    await seen('is in the plan of Better Together')
    await stills.take('2-imported', 'is in the plan of Better Together')
    expect(await installation.db.project.count()).toBe(47)
  }, 60_000)

  test('the digest is asked for in the leadership channel', async () => {
    steps += 1
    const order = 'digest here weekly friday 10:00'
    if (platform === 'Slack') await admin().send(order)
    else {
      const { teams } = installation.playground
      const account = accountOf(installation.playground, office, 'teams')
      const [channel] = teams.snapshot(account).team.channels
      await teams.mention(account, channel?.id ?? '', order)
    }
    await eventually(async () => expect(await installation.db.subscription.count()).toBe(1))
  }, 60_000)

  test('the people are dropped, and saved', async () => {
    await drop(installation, office, { name: 'people.csv', bytes: Buffer.from(people) })
    await seen(/Mei Harrow/)
    await press('Import', 'people.csv')
    await seen('the rights of 2 people changed')
    expect(await installation.db.projectLead.count()).toBe(3)
  }, 60_000)

  test('the owners are found among the members, and linked by one press', async () => {
    await press('Find the owners here', 'people.csv')
    await seen('Who is who: 2 names without an account')
    await stills.take('3-owners', 'The same name, and nobody else has it')
    await press('Link these 2')
    const linked = () =>
      installation.db.identity.findMany({ select: { person: { select: { name: true } } } })
    await eventually(async () => {
      const names = (await linked()).map(({ person }) => person.name)
      expect(names).toEqual(expect.arrayContaining(['Mei Harrow', 'Asha Verity']))
    }, 15_000)
  }, 60_000)

  test('the first round opens, and a lead is asked and answers', async () => {
    await installation.moveTo('2026-03-05T09:05:00Z')
    const lead = userOf(installation, 'Asha Verity')
    await eventually(() => expect(lead.visibleText()).toContain('2.1'), 15_000)
    await lead.send('2.1 is amber because the pages are written, back to green by 30 June')
    await eventually(() => expect(lead.visibleText()).toMatch(/2\.1 .* is ▲ Amber/), 15_000)
  }, 120_000)

  test('it took at most eight presses and lines, and nothing was logged as trouble', () => {
    expect(steps).toBeLessThanOrEqual(8)
    expect(installation.trouble).toEqual([])
  })
})
