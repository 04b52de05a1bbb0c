import { beforeEach, describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import type { Life } from '../../../src/domain/plan/life.ts'
import { loadProjectsToReview, loadSetAside } from '../../../src/domain/plan/set-aside.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { loadContext } from '../../../src/features/reminders/load-context.ts'
import { reminderData, rowSchema } from '../../../src/features/reminders/reminder-data.ts'
import { loadRowStatuses } from '../../../src/features/reminders/row-status.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'
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
import { only, reminderLog } from './reminder-log.ts'

describe('a project on hold with a day to look at it again', () => {
  const sketch: PlanSketch = {
    programme: { settings: only({ holdReview: true }) },
    projects: [{ ref: '2.2', leads: ['ben'] }],
    people: [{ id: 'asha' }, { id: 'priya' }],
    programmeOffice: ['priya'],
  }
  const logOf = (reviewOn: string, settings: unknown = sketch.programme?.settings) => {
    const life: Life = {
      ...{ state: 'on hold', onDay: civilDate('2017-02-24'), reason: 'the grant is open' },
      reviewOn: civilDate(reviewOn),
    }
    const milestones = [{ due: '2017-03-01' }]
    const held = aPlan({ projects: [{ ref: '2.1', leads: ['asha'], milestones }] }).projects
    const projectsOnHold = () => held.map((project) => ({ ...project, life }))
    const plan = { ...sketch, programme: { settings } }
    return reminderLog(plan, '2017-03-20', '2017-04-20', { projectsOnHold })
  }

  test.each([
    ['a Friday: on that day', '2017-03-24', '2017-03-24'],
    ['a Saturday: on the Monday', '2017-03-25', '2017-03-27'],
    ['Good Friday: on the Tuesday after Easter', '2017-04-14', '2017-04-18'],
  ])('that is %s, once to the office and its lead, and nothing else of it', (_, on, told) => {
    expect(logOf(on)).toEqual([`${told} priya hold-review 2.1`, `${told} asha hold-review 2.1`])
  })

  test('is not told of where the programme turned the rule off, or it is too late', () => {
    expect(logOf('2017-03-24', only({ holdReview: false }))).toEqual([])
    expect(logOf('2017-03-10')).toEqual([])
  })
})

describe('in a programme', () => {
  const fresh = emptyDatabase()
  let asha: StoredPerson
  let priya: StoredPerson
  let programmeId: string
  beforeEach(async () => {
    ;[asha, priya] = await storePeople(fresh.db, 'Asha Verity', 'Priya Marlowe')
    programmeId = await storeProgramme(fresh.db, {
      key: 'BCS',
      office: [priya],
      projects: ['2.1', '2.2', '2.3', '2.4'].map((ref) => ({ ref, title: ref, leads: [asha] })),
    })
  })
  const sayOn = async (on: string, text: string) =>
    wordsOf(await chatOn(fresh.db, on).ask(priya, text))
  const toReview = async (on: string) =>
    (await loadProjectsToReview(fresh.db, programmeId, day(on))).map(({ ref }) => ref)

  test('what is set aside is counted on each day as it was then, in status and in the plan', async () => {
    await sayOn('2017-02-24', 'hold 2.1 until 3 Apr 2017 because the grant is open')
    await sayOn('2017-03-10', 'close 2.2 as finished because it runs itself')
    await sayOn('2017-03-10', 'close 2.3 as merged into 2.4 because both do the same')
    const on = async (text: string) => (await loadSetAside(fresh.db, programmeId, day(text))).counts
    expect(await on('2017-02-23')).toMatchObject({ onHold: 0, closed: { finished: 0 } })
    expect(await on('2017-03-09')).toMatchObject({ onHold: 1, closed: { finished: 0 } })
    await sayOn('2017-03-17', 'resume 2.1 because the grant was decided')
    const { projects, reopenings } = await loadSetAside(fresh.db, programmeId, day('2017-03-20'))
    expect(projects.map(({ ref, life }) => `${ref} ${life.state} ${life.onDay}`)).toEqual([
      '2.2 closed 2017-03-10',
      '2.3 closed 2017-03-10',
    ])
    expect([...reopenings.values()]).toMatchObject([
      {
        ...{ onDay: '2017-03-17', reason: 'the grant was decided', isUndo: false },
        from: { state: 'on hold', onDay: '2017-02-24', reason: 'the grant is open' },
      },
    ])
    const earlier = await loadSetAside(fresh.db, programmeId, day('2017-03-16'))
    expect([earlier.projects.length, earlier.reopenings.size]).toEqual([3, 0])
    expect(await sayOn('2017-03-10', 'status')).toContain(
      'of 1 project; 1 not rated. Set aside: 1 on hold, 2 closed: 1 finished, 1 merged',
    )
  })

  test('a row is answered by what became of the project, not by its being on hold', async () => {
    await sayOn('2017-02-24', 'hold 2.1 until 3 Apr 2017 because the grant is open')
    await sayOn('2017-02-24', 'hold 2.2 because the grant is open')
    expect(await toReview('2017-03-10')).toEqual(['2.1'])
    const plan = await loadPlan(fresh.db, programmeId, day('2017-03-10'))
    const context = await loadContext(fresh.db, [plan], new Date('2017-03-10T12:00:00Z'))
    expect(context.projectsOnHold(programmeId).map(({ ref }) => ref)).toEqual(['2.1'])
    const row = rowSchema.parse({
      ...{ kind: 'hold-review', programmeId, project: await projectIdOf(fresh.db, '2.1') },
      ...{ told: '2017-04-03', title: '', about: '', when: '', why: '', answered: '' },
    })
    const data = reminderData.parse({
      ...{ heading: '', summary: '', note: '', hidden: 0, more: '' },
      groups: [{ heading: '', rows: [row] }],
    })
    const answer = async () => {
      const statusOf = await loadRowStatuses(fresh.db, data, undefined, new Date())
      return statusOf(row).text
    }
    expect(await answer()).toBe('')
    await sayOn('2017-04-03', 'hold 2.1 until 1 May 2017 because the grant is open')
    expect(await answer()).toContain('to be looked at again on Mon 1 May 2017')
    await sayOn('2017-04-03', 'resume 2.1')
    expect(await answer()).toBe('✓ Live again')
  })
})
