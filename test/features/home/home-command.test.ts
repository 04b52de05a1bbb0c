import { beforeEach, describe, expect, test } from '@jest/globals'
import { unmanagedInstallation } from '../../../src/chat/installation.ts'
import { enqueueReminders } from '../../../src/features/reminders/enqueue-reminders.ts'
import { reminderData } from '../../../src/features/reminders/reminder-data.ts'
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
/** A Tuesday, with the round of next Monday's digest about to open. */
const today = '2017-02-28'

let at: Readonly<Record<'lead' | 'deputy' | 'office' | 'sponsor' | 'viewer', StoredPerson>>
beforeEach(async () => {
  await fresh.db.outboxMessage.deleteMany()
  const names = [
    'Asha Verity',
    'Tom Quill',
    'Priya Marlowe',
    'Owen Castell',
    'Vera Nilsson',
  ] as const
  const [lead, deputy, office, sponsor, viewer] = await storePeople(fresh.db, ...names)
  at = { lead, deputy, office, sponsor, viewer }
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [office],
    members: [deputy, viewer],
    sponsors: [sponsor],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [lead],
        milestones: [['Pages written', '2017-02-10']],
      },
      { ref: '2.2', title: 'Assessments', leads: [lead] },
    ],
  })
})

interface Page {
  readonly sections: readonly {
    readonly heading: string
    readonly lines: readonly string[]
    readonly rows: readonly {
      readonly title: string
      readonly text: string
      readonly buttons: readonly { readonly title: string }[]
    }[]
  }[]
}

const chat = () => chatOn(fresh.db, today)
async function pageOf(who: StoredPerson): Promise<Page['sections']> {
  const { card } = await chat().ask(who, '')
  expect(card.name).toBe('home')
  return (card.data as Page).sections
}
const headings = async (who: StoredPerson) => (await pageOf(who)).map(({ heading }) => heading)

describe('the bare prefix shows each role its own page', () => {
  test('a lead what they owe, with the answers in place, and their projects', async () => {
    const [owed, projects] = await pageOf(at.lead)
    expect(owed).toMatchObject({ heading: 'To answer' })
    expect(owed?.rows[0]).toMatchObject({
      title: '2.1 Practice standards',
      text: expect.stringContaining('Overdue by 12 working days: was due Fri 10 Feb 2017'),
      buttons: [
        { title: 'Done' },
        { title: 'Move date' },
        { title: 'Update' },
        { title: 'Snooze' },
      ],
    })
    expect(projects).toMatchObject({ heading: 'Your projects' })
  })

  test('a lead no more what they answered', async () => {
    await chat().ask(at.lead, 'done 2.1 1')
    expect(wordsOf(await chat().ask(at.lead, ''))).not.toContain('Pages written')
  })

  test('a deputy for whom they answer', async () => {
    await chat().ask(at.lead, 'away 28 Feb to 3 Mar deputy Tom Quill')
    const [owed, projects] = await pageOf(at.deputy)
    expect(owed?.rows[0]?.text).toContain('Asha Verity')
    expect(projects?.rows[0]?.text).toContain('For Asha Verity, who is away')
  })

  test('the office the round, the next digest and what to look at', async () => {
    expect(await headings(at.office)).toEqual([
      'Round of Programme BCS',
      'Next digest',
      'To look at',
    ])
    await chat().ask(at.office, {
      input: { by: 'text', text: 'digest here weekly monday 09:00' },
      place: { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' },
    })
    await chat().ask(at.office, 'digest hold because the figures are wrong')
    const [, digest, attention] = await pageOf(at.office)
    expect(digest?.lines).toEqual([
      'For Mon 6 Mar 2017: it is held by Priya Marlowe: the figures are wrong.',
    ])
    expect(attention?.lines).toContain('1 milestone overdue: /rag due')
  })

  test('a sponsor their projects, the decisions, and what stays overdue for their information', async () => {
    await chat().ask(at.office, 'decision which site needed from the Cabinet by 30 Jun')
    expect(await headings(at.sponsor)).toEqual([
      'You sponsor in Programme BCS',
      'Decisions needed in Programme BCS',
      'For your information',
    ])
    const [, , told] = await pageOf(at.sponsor)
    expect(told?.rows).toMatchObject([
      { title: '2.1 Practice standards', buttons: [{ title: 'Ask' }, { title: 'Open' }] },
    ])
  })

  test('the board the decisions and the latest digest', async () => {
    await chat().ask(at.office, 'decision which site needed from the Cabinet by 30 Jun')
    expect(await headings(at.viewer)).toEqual([
      'Decisions needed in Programme BCS',
      'Digest of Programme BCS',
    ])
    const [decisions] = await pageOf(at.viewer)
    expect(decisions?.rows[0]?.buttons).toEqual([])
  })

  test('somebody with several roles the sections of all, what they owe first', async () => {
    const programmeId = (await fresh.db.programme.findFirstOrThrow()).id
    await fresh.db.membership.create({
      data: { programmeId, personId: at.lead.id, role: 'programme_office' },
    })
    expect(await headings(at.lead)).toEqual([
      'To answer',
      'Your projects',
      'Round of Programme BCS',
      'Next digest',
      'To look at',
    ])
  })

  test('an administrator without a programme how to set one up', async () => {
    await fresh.db.membership.deleteMany()
    const { identity } = at.viewer
    const installation = { ...unmanagedInstallation, admins: [identity] }
    const { card } = await chatOn(fresh.db, today, { installation }).ask(at.viewer, '')
    expect(card.data).toMatchObject({
      sections: [{ heading: 'Set up Milepost', buttons: [{ verb: 'setup:form' }] }],
    })
    expect(wordsOf(await chat().ask(at.viewer, ''))).toContain('You are in no programme here yet')
  })
})

describe('the page equals the message of the day', () => {
  /** What somebody's message of that morning lists, as the page shows a row. */
  async function messageRows(who: StoredPerson, on: string) {
    await enqueueReminders({
      ...{ db: fresh.db, clock: clockAt(new Date(`${on}T09:30:00Z`)), prefix: () => '/rag' },
      log: { info: () => {}, warn: () => {}, error: () => {} },
    })
    const sent = await fresh.db.outboxMessage.findMany({ where: { personId: who.id } })
    const rows = sent.flatMap(({ data }) =>
      reminderData.parse(data).groups.flatMap((group) => group.rows),
    )
    return rows.map(({ title, about, when, why, buttons }) => ({
      ...{ title, text: [about, when, why].filter(Boolean).join('\n'), buttons },
    }))
  }

  async function pageRows(who: StoredPerson, on: string) {
    const { card } = await chatOn(fresh.db, on).ask(who, '')
    return (card.data as Page).sections
      .filter(({ heading }) => heading === 'To answer' || heading === 'For your information')
      .flatMap(({ rows }) => rows)
  }

  test.each([
    ['lead', '2017-02-28', 2],
    ['lead', '2017-03-01', 2],
    ['deputy', '2017-03-01', 2],
    ['sponsor', '2017-02-28', 1],
  ] as const)('of a %s on %s: each row with its words and its buttons', async (who, on, least) => {
    if (who === 'deputy') await chat().ask(at.lead, 'away 28 Feb to 3 Mar deputy Tom Quill')
    const page = await pageRows(at[who], on)
    expect(page.length).toBeGreaterThanOrEqual(least)
    expect(page).toEqual(await messageRows(at[who], on))
  })
})
