import { beforeEach, describe, expect, test } from '@jest/globals'
import { appendRating } from '../../../src/domain/plan/milestone-store.ts'
import { loadProject } from '../../../src/domain/plan/store.ts'
import { delivery } from '../../../src/domain/scheme/schemes.ts'
import { ratingOf } from '../../../src/domain/status/rating.ts'
import { importPlan } from '../../../src/features/imports/import-plan.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  milestoneIdOf,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'
import { settingsWith } from '../../support/settings.ts'

const fresh = emptyDatabase()
let asha: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, priya] = await storePeople(db, 'Asha Verity', 'Priya Marlowe')
  const settings = { scheme: 'delivery' }
  const project = {
    ...{ ref: '2.1', title: 'Practice standards', leads: [asha] },
    milestones: [
      ['Publish the standards', '2017-03-31'],
      ['Train the teams', '2017-04-28'],
    ],
  } as const
  await storeProgramme(db, { key: 'WLC', office: [priya], settings, projects: [project] })
})

/** As its sheet rates them. */
async function rateInSheet() {
  for (const about of ['Publish the standards', 'Train the teams']) {
    const said = { byId: null, onBehalfOfId: null, source: 'import', onDay: day('2017-02-01') }
    const id = await milestoneIdOf(fresh.db, about)
    const at = new Date('2017-02-01T09:00:00Z')
    await appendRating(fresh.db, id, { state: 'on-track', raw: 'On track' }, { ...said, at })
  }
}

const ask = (on: string, text: string, who = asha) => chatOn(fresh.db, on).ask(who, text)
const say = async (on: string, text: string, who = asha) => wordsOf(await ask(on, text, who))
const colourOn = async (on: string) => {
  const project = await loadProject(fresh.db, await projectIdOf(fresh.db, '2.1'), day(on))
  const settings = settingsWith({ scheme: 'delivery' })
  return ratingOf(project, { settings, scheme: delivery, asAt: day(on) }).state.key
}

describe('a milestone that is rated in chat', () => {
  test('changes its project’s colour from that day on, stands in its history, and is taken back', async () => {
    await rateInSheet()
    const reply = await ask('2017-02-24', 'rate 2.1 standards amber because the writer is ill')
    expect(wordsOf(reply)).toContain('▲ Possibility of missing deadlines/Minor issues, as at Fri')
    expect(wordsOf(reply)).toContain('Reason: the writer is ill')
    expect([await colourOn('2017-02-23'), await colourOn('2017-02-24')]).toEqual([
      'on-track',
      'minor-issues',
    ])
    expect(await say('2017-02-24', '2.1')).toContain('Rated ▲ Possibility')
    const said = 'Milestone 1, Possibility of missing deadlines/Minor issues, because the writer'
    expect(await say('2017-02-24', 'history 2.1')).toContain(said)
    expect(await say('2017-02-24', 'undo')).toContain('Taken back: ● On track/No issues, as before')
    expect(await colourOn('2017-02-24')).toBe('on-track')
    expect(await say('2017-02-24', 'history 2.1')).toContain(
      'Taken back: the rating of milestone 1, Possibility',
    )
  })

  test('is not taken back where somebody has rated it since', async () => {
    await rateInSheet()
    const first = await ask('2017-02-23', 'rate 2.1 1 amber because the writer is ill')
    const { buttons } = first.card.data as { buttons: { data: Record<string, unknown> }[] }
    await say('2017-02-24', 'rate 2.1 1 on track', priya)
    const undone = await chatOn(fresh.db, '2017-02-24').press(asha, 'undo', buttons[0]?.data ?? {})
    expect(wordsOf(undone)).toContain('That milestone was rated again since')
  })

  test.each([
    ['as complete', 'rate 2.1 1 completed', 'reported done: /rag done 2.1 1.'],
    ['without a state', 'rate 2.1 1 purple', 'Say which milestone, and how it stands'],
    ['in words about a child', 'rate 2.1 1 amber because Lily Smith, aged 7, waits', 'child'],
  ])('%s is not saved', async (_how, typed, words) => {
    await rateInSheet()
    expect(await say('2017-02-24', typed)).toContain(words)
    expect(await fresh.db.milestoneRating.count()).toBe(2)
  })

  test('is refused where the plan rates projects, in words that say how', async () => {
    const refusal = await say('2017-02-24', 'rate 2.1 1 amber because the writer is ill')
    expect(refusal).toContain('rates its projects, not each milestone')
    expect(refusal).toContain('/rag 2.1 possibility of missing deadlines/minor issues …')
    expect(refusal).toContain('choose otherwise: /rag admin rates milestones.')
    expect(await fresh.db.milestoneRating.count()).toBe(0)
  })
})

test('without a reason, a line leads to the form, which a button of the project opens too', async () => {
  await rateInSheet()
  const fields = { reason: expect.stringContaining('Say in a few words why it is Possibility') }
  expect(await ask('2017-02-24', 'rate 2.1 1 amber')).toMatchObject({ kind: 'invalid', fields })
  const chat = chatOn(fresh.db, '2017-02-24')
  const milestone = await milestoneIdOf(fresh.db, 'Publish the standards')
  const button = { title: 'Rate…', verb: 'rate:form', data: { milestone } }
  expect((await ask('2017-02-24', '2.1')).card.data).toMatchObject({
    milestones: [{ buttons: expect.arrayContaining([button]) }, expect.anything()],
  })
  const form = wordsOf(await chat.press(asha, 'rate:form', { milestone }))
  expect(form).toContain('2.1 Practice standards: 1. Publish the standards, ● On track')
  expect(form).not.toContain('Completed')
  expect(await chat.submit(asha, 'rate', { milestone, state: 'minor-issues' })).toMatchObject({
    ...{ kind: 'invalid', fields },
  })
  expect(await fresh.db.milestoneRating.count()).toBe(2)
  await chat.submit(asha, 'rate', { milestone, state: 'minor-issues', reason: 'the writer is ill' })
  expect(await colourOn('2017-02-24')).toBe('minor-issues')
})

describe('the first rating of all', () => {
  const first = 'rate 2.1 1 amber because the writer is ill'
  const notAllRated = 'The project is ▲ Possibility of missing deadlines/Minor issues.'

  test('is given where the programme office says that milestones are rated, and the colour follows', async () => {
    expect(await say('2017-02-24', 'admin rates', priya)).toContain(
      'rates its projects: /rag 2.1 amber …',
    )
    await say('2017-02-24', 'admin rates milestones', priya)
    expect(await colourOn('2017-02-24')).toBe('blank')
    expect(await say('2017-02-24', first)).toContain(notAllRated)
    expect(await colourOn('2017-02-24')).toBe('minor-issues')
    expect(await say('2017-02-24', 'admin rates projects', priya)).toContain(
      'are rated, and the colours of their projects follow them.',
    )
    expect(await say('2017-02-24', 'admin rates', priya)).toContain('milestones are rated already')
    // Taken back, none is rated, and the office may choose again.
    await say('2017-02-24', 'undo')
    await say('2017-02-24', 'admin rates projects', priya)
    expect(await say('2017-02-24', first)).toContain('rates its projects, not each milestone')
  })

  test('says so where the project keeps the colour that was said of itself', async () => {
    await say('2017-02-23', '2.1 on track')
    await say('2017-02-24', 'admin rates milestones', priya)
    const told = await say('2017-02-24', first)
    expect(told).toContain('That was said of the project itself on Thu 23 Feb 2017')
    expect(told).toContain('Follow its milestones…')
    expect(await colourOn('2017-02-24')).toBe('on-track')
    expect(await say('2017-02-24', '2.1 by milestones')).toContain(
      'It follows its milestones: ▲ Possibility of missing deadlines/Minor issues, as at Fri 24 Feb',
    )
    expect(await colourOn('2017-02-24')).toBe('minor-issues')
    expect(await say('2017-02-24', '2.1 by milestones')).toContain('Nothing to change')
    await say('2017-02-24', 'undo')
    expect(await colourOn('2017-02-24')).toBe('on-track')
  })

  test('no Red is lost by it: it needs a reason, and a second person where the programme asks for one', async () => {
    await say(
      '2017-02-23',
      '2.1 missed deadline no writer path to on track a new one green by 30 Jun',
    )
    const unrated = await say('2017-02-24', '2.1 by milestones because they say it')
    expect(unrated).toContain('No milestone of 2.1 Practice standards is rated.')
    await rateInSheet()
    await say('2017-02-24', 'admin confirm improvement on', priya)
    expect(await ask('2017-02-24', '2.1 by milestones')).toMatchObject({
      ...{
        kind: 'invalid',
        fields: { reason: expect.stringContaining('does not count any more') },
      },
    })
    expect(await say('2017-02-24', '2.1 by milestones because Child X waits')).toContain(
      '“Child X”',
    )
    expect(await say('2017-02-24', '2.1 by milestones because they say it')).toContain(
      'It stays ◆ Missed deadline/Major issues until a second person confirms',
    )
    expect(await colourOn('2017-02-24')).toBe('major-issues')
    await say('2017-02-24', 'confirm 2.1', priya)
    expect(await colourOn('2017-02-24')).toBe('on-track')
  })

  test('is given where a sheet that stands has a column for it, be it empty', async () => {
    const programme = await fresh.db.programme.findFirstOrThrow()
    const rows = [
      'Child Outcome,Ref,Project,Milestone,Date,RAG,Measure',
      'We want,3.1,Homes,Open,30 Jun 2017,,',
    ]
    const request = {
      bytes: Buffer.from(rows.join('\n')),
      ...{ fileName: 'plan.csv', asOf: day('2017-02-24'), accept: true, dryRun: false },
      programme: { key: programme.key, zone: programme.zone },
    }
    const { importId } = await inTransaction(fresh.db, (tx) =>
      importPlan(tx, request, new Date('2017-02-24T09:00:00Z')),
    )
    expect(await say('2017-02-24', 'admin rates', priya)).toContain('Its sheet has a column')
    await fresh.db.planImport.update({
      where: { id: importId ?? '' },
      data: { withdrawnOn: new Date('2017-02-24') },
    })
    expect(await say('2017-02-24', first)).toContain('rates its projects, not each milestone')
    await fresh.db.planImport.updateMany({ data: { withdrawnOn: null } })
    expect(await say('2017-02-24', first)).toContain(notAllRated)
  })
})
