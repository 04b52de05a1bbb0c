import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type ChatUserOf,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

/** What readers do from a digest, and what its authors are asked before it goes out, on both platforms. */

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
}, 30_000)
afterAll(async () => {
  await installation?.close()
})

/** Says and sends what was decided. */
async function delivered() {
  await installation.milepost.tick()
  await installation.milepost.drain()
}

const idOf = async (ref: string) =>
  (await installation.db.project.findFirstOrThrow({ where: { ref, programme: { key: 'BCS' } } })).id

test('a channel of each platform has the digest', async () => {
  const priya = slackUser(installation, 'Priya Marlowe')
  await priya.send('decision for 1.3 Whether the two posts are funded needed from the Cabinet')
  await priya.send('decision Whether the board meets in May')
  await priya.send('digest here weekly monday 09:00')
  const { teams, people } = installation.playground
  const account = people.find(({ name }) => name === 'Priya Marlowe')?.teams?.user ?? ''
  const [channel] = teams.snapshot(account).team.channels
  await teams.mention(account, channel?.id ?? '', 'digest here weekly monday 09:00')
  await eventually(async () => expect(await installation.db.subscription.count()).toBe(2))
  await installation.moveTo('2026-03-02T09:00:00Z')
  for (const userOf of [slackUser, teamsUser]) {
    await eventually(() =>
      expect(userOf(installation, 'Owen Castell').visibleText()).toContain(
        'Weekly digest as at Mon 2 Mar 2026',
      ),
    )
  }
  // Both channels have a thread, which the platforms take a second for each message of.
}, 60_000)

/** A channel takes a message a second, and the digest has many in its thread. */
const patience = 20_000

const both: readonly (readonly [string, ChatUserOf])[] = [
  ['Slack', slackUser],
  ['Teams', teamsUser],
]

describe.each(both)('in %s', (platform, userOf) => {
  const owen = () => userOf(installation, 'Owen Castell')
  const mei = () => userOf(installation, 'Mei Harrow')
  /** A form: in Slack its labels are in view, in Teams its heading. */
  const opened = (label: string, heading: string) => (platform === 'Slack' ? label : heading)
  const back = async () => {
    if (platform === 'Teams') await owen().press('Back')
  }
  const [number, decision] = platform === 'Slack' ? [1, 1] : [2, 2]

  test('a reader asks, the lead answers in private, and the answer is posted in the thread', async () => {
    await owen().press('Ask', 'Weekly digest as at')
    await eventually(() =>
      expect(owen().visibleText()).toContain(opened('What do you want to know?', 'Ask a question')),
    )
    await owen().submit(
      { project: await idOf('1.3'), text: `When is it decided, ${platform}?` },
      'Ask',
    )
    await eventually(() => expect(owen().visibleText()).toContain('Asked of Mei Harrow'))
    await delivered()
    const where = { kind: 'question', key: { contains: `question:` } }
    await eventually(async () =>
      expect(
        await installation.db.outboxMessage.count({ where: { ...where, state: 'sent' } }),
      ).toBe(number),
    )

    const lead = await leadOf(number)
    await lead.press('Answer', `Question ${number}`)
    await eventually(() =>
      expect(lead.visibleText()).toContain('Your answer will stand in the thread'),
    )
    await lead.submit({ text: `By Easter, ${platform}` }, 'Answer')
    await eventually(() => expect(lead.visibleText()).toContain(`Question ${number} is answered.`))
    await eventually(async () => {
      await delivered()
      const [told] = await installation.db.outboxMessage.findMany({
        where: { kind: 'answer', placeKind: 'channel' },
        orderBy: { sequence: 'desc' },
        include: { after: true },
      })
      const after = { kind: 'digest', platform: platform.toLowerCase() }
      expect(told).toMatchObject({ state: 'sent', after })
      const answer = owen()
        .messages()
        .filter((text) => text.includes(`By Easter, ${platform}`))
      expect(answer.join('\n')).toContain('Answered by Mei Harrow on Mon 2 Mar 2026')
    }, patience)
  })

  /** Mei's private chat is on whichever platform she last wrote from. */
  async function leadOf(asked: number) {
    const [row] = await installation.db.outboxMessage.findMany({
      where: { kind: 'question' },
      orderBy: { sequence: 'desc' },
      take: 1,
    })
    expect(JSON.stringify(row?.data)).toContain(`Question ${asked}`)
    return row?.platform === 'teams'
      ? teamsUser(installation, 'Mei Harrow')
      : slackUser(installation, 'Mei Harrow')
  }

  test('a sponsor records a decision, and the thread says so', async () => {
    await back()
    await owen().press('Decide', 'Weekly digest as at')
    await eventually(() =>
      expect(owen().visibleText()).toContain(
        opened('What was decided, and by whom?', 'Record a decision'),
      ),
    )
    const { id: entry } = await installation.db.registerEntry.findFirstOrThrow({
      where: { number: decision, kind: 'decision', programme: { key: 'BCS' } },
    })
    await owen().submit({ entry, outcome: `Agreed by the board, ${platform}` }, 'Record')
    await eventually(() =>
      expect(owen().visibleText()).toContain(`Decision ${decision} is recorded`),
    )
    await eventually(async () => {
      await delivered()
      expect(mei().visibleText()).toContain(
        `Decided on Mon 2 Mar 2026: Agreed by the board, ${platform}`,
      )
    }, patience)
  })

  test('a reader follows a project', async () => {
    await back()
    await owen().press('Follow', 'Weekly digest as at')
    await eventually(() =>
      expect(owen().visibleText()).toContain(opened('Which project?', 'Follow a project')),
    )
    const project = await idOf(platform === 'Slack' ? '2.1' : '2.2')
    await owen().submit({ project }, 'Follow')
    await eventually(() => expect(owen().visibleText()).toContain('When its state changes'))
  })

  test('an update that trips a check is answered where it was made', async () => {
    const ref = platform === 'Slack' ? '1.4' : '1.3'
    const projectId = await idOf(ref)
    const late = { due: new Date('2026-02-20'), baselineDue: new Date('2026-02-20') }
    await installation.db.milestone.updateMany({ where: { projectId }, data: late })
    await mei().send(`${ref} green`)
    await eventually(() =>
      expect(mei().visibleText()).toContain('are overdue. Is Green still right?'),
    )
    await mei().press('Answer: the overdue milestones')
    await eventually(() => expect(mei().visibleText()).toContain('Your answer is kept'))
    await mei().submit({ text: `One signature is missing, ${platform}` }, 'Save')
    await eventually(async () =>
      expect(
        await installation.db.checkAnswer.findMany({ where: { project: { ref } } }),
      ).toMatchObject([{ check: 'overdue', answer: `One signature is missing, ${platform}` }]),
    )
  })

  test('text about a child is queried before it is saved', async () => {
    await mei().send('1.3 amber We moved pupil Ella green by 30 Apr')
    await eventually(() => expect(mei().visibleText()).toContain('“pupil Ella”. Change the words'))
    expect(
      await installation.db.statusUpdate.count({ where: { reason: { contains: 'pupil Ella' } } }),
    ).toBe(0)
  })
})

test('no error or warning was logged', () => {
  expect(installation.trouble).toEqual([])
})
