import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { reminderData } from '../../src/features/reminders/reminder-data.ts'
import {
  type ChatUser,
  type ChatUserOf,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

/** Told, put off, explained, and told to the deputy while away: by a lead with an account there. */
const both: readonly (readonly [string, ChatUserOf, string, string])[] = [
  ['Slack', slackUser, 'Leo Hartwick', 'Nadia Frome'],
  ['Teams', teamsUser, 'Colm Ashby', 'Daniel Okoro'],
]

describe.each(both)('reminders in %s', (_platform, userOf, name, deputyName) => {
  let installation: Installation
  const lead = (): ChatUser => userOf(installation, name)
  const deputy = (): ChatUser => userOf(installation, deputyName)

  const at = async (moment: string) => {
    installation.playground.clock.moveTo(new Date(moment))
    await installation.milepost.tick()
    await installation.milepost.drain()
  }
  const personNamed = (wanted: string) =>
    installation.db.person.findFirstOrThrow({ where: { name: wanted } })
  const remindersTo = async (wanted: string) => {
    const { id } = await personNamed(wanted)
    return installation.db.outboxMessage.findMany({
      where: { kind: 'reminder', personId: id },
      orderBy: { sequence: 'asc' },
    })
  }

  beforeAll(async () => {
    installation = await startInstallation()
  }, 60_000)
  afterAll(async () => {
    await installation?.close()
  })

  test('send one message on Monday at nine, with everything that waits for an answer', async () => {
    await at('2026-03-02T09:00:00Z')
    await eventually(() => expect(lead().visibleText()).toContain('an answer'))
    expect(await remindersTo(name)).toHaveLength(1)
  })

  test('have rows that can be snoozed for an hour, and come again within the day, once', async () => {
    await lead().press('Snooze', 'an answer')
    await eventually(() =>
      expect(lead().visibleText()).toContain('Your reminder moves, and nothing else'),
    )
    await lead().submit({ choice: 'hour' }, 'Snooze')
    await eventually(() =>
      expect(lead().visibleText()).toContain(`Snoozed by ${name} until Mon 2 Mar 2026, 10:00`),
    )
    expect(
      await installation.db.statusUpdate.count({ where: { onDay: new Date('2026-03-02') } }),
    ).toBe(0)

    await at('2026-03-02T09:59:00Z')
    expect(await remindersTo(name)).toHaveLength(1)
    await at('2026-03-02T10:00:30Z')
    await eventually(async () => {
      const [, again, ...more] = await remindersTo(name)
      expect(again?.key).toContain(':snooze:')
      expect(again?.state).toBe('sent')
      expect(more).toEqual([])
    })
    await at('2026-03-02T10:01:30Z')
    expect(await remindersTo(name)).toHaveLength(2)
  })

  test('are explained by “Why?” and “why” to their recipient, and to nobody else', async () => {
    await lead().press('Why?')
    await eventually(() => expect(lead().visibleText()).toContain('Why you got this'))
    expect(lead().visibleText()).toContain('you snoozed it until Mon 2 Mar 2026, 10:00')
    expect(lead().visibleText()).toContain(
      'because you asked to be told again later on the same day.',
    )
    await lead().send('why')
    await eventually(() =>
      expect(lead().visibleText().split('Why you got this').length).toBeGreaterThan(2),
    )
    await deputy().send('why')
    await eventually(() =>
      expect(deputy().visibleText()).toMatch(/Why you got this|no message of mine/),
    )
    expect(deputy().visibleText()).not.toContain('you snoozed it')
  })

  test('go to the deputy during leave, whose answer is recorded on behalf of the lead', async () => {
    await lead().send(`away 5 Mar to 13 Mar deputy ${deputyName}`)
    await eventually(() => expect(lead().visibleText()).toContain(`deputy ${deputyName}`))
    const before = (await remindersTo(name)).length
    await at('2026-03-09T09:00:00Z')
    const as = `You get this as deputy: ${name} is away until Fri 13 Mar 2026`
    await eventually(() => expect(deputy().visibleText()).toContain(as))
    expect(await remindersTo(name)).toHaveLength(before)

    const { id: deputyId } = await personNamed(deputyName)
    const [last] = (await remindersTo(deputyName)).toReversed()
    await deputy().send('why')
    await eventually(() => expect(deputy().visibleText()).toContain(`as deputy: ${name} is away`))

    const rows = reminderData.parse(last?.data).groups.flatMap((group) => group.rows)
    const row = rows.find(({ why }) => why.startsWith('You get this as deputy'))
    const [project] = row?.title.split(' ') ?? []
    const [milestone] = row?.about.split('.') ?? []
    await deputy().send(`done ${project} ${milestone}`)
    await eventually(async () => {
      const { id: leadId } = await personNamed(name)
      const done = await installation.db.milestoneCompletion.findFirst({
        where: { byId: deputyId },
      })
      expect(done).toMatchObject({ onBehalfOfId: leadId })
    })
  })

  test('show an answer given elsewhere in the sent message, without a press', async () => {
    await eventually(() => expect(deputy().visibleText()).toContain('✓ Done'), 10_000)
  })

  test('come in Welsh to whoever chose it, and their answer too; what is not translated in English', async () => {
    await deputy().send('language Cymraeg')
    await eventually(() =>
      expect(deputy().visibleText()).toContain('Iaith eich negeseuon: Cymraeg.'),
    )
    await at('2026-03-16T09:00:00Z')
    await eventually(() => expect(deputy().visibleText()).toMatch(/Mae angen ateb ar \d/))
    expect(lead().visibleText()).not.toContain('Mae angen ateb')
    const [last] = (await remindersTo(deputyName)).toReversed()
    const rows = reminderData.parse(last?.data).groups.flatMap((group) => group.rows)
    const row = rows.find(({ kind }) => kind === 'milestone')
    const [project] = row?.title.split(' ') ?? []
    const [milestone] = row?.about.split('.') ?? []
    await deputy().send(`done ${project} ${milestone}`)
    await eventually(() => expect(deputy().visibleText()).toContain('Wedi’i chwblhau ar'))
    await deputy().send(`${project} green`)
    await eventually(() =>
      expect(deputy().visibleText()).toMatch(/: ● Gwyrdd, ar Llun 16 (Maw|Mawrth) 2026\./),
    )
  })

  test('no error or warning was logged', () => {
    expect(installation.trouble).toEqual([])
  })
})
