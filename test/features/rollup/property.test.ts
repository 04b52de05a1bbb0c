import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { clockAt } from '../../../src/base/clock.ts'
import { addDays, type CivilDate, civilDate, fromDbDate } from '../../../src/base/dates.ts'
import { done, flag, move, unflag } from '../../../src/features/plan/commands.ts'
import { type Plan, stateOf } from '../../../src/features/plan/plan.ts'
import { loadPlan } from '../../../src/features/plan/store.ts'
import { rollUpCommands } from '../../../src/features/rollup/commands.ts'
import { describeStatus, type Status } from '../../../src/features/rollup/describe.ts'
import { adminCommands } from '../../../src/features/status/admin.ts'
import { update } from '../../../src/features/status/commands.ts'
import { confirm } from '../../../src/features/status/confirm.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { chatOn, storePerson, storeProgramme } from '../../support/programme.ts'

/**
 * Whatever people say on whichever days: how the programme stood at the end of a day is the same when it is asked on
 * that day and when it is asked after everything that came later; and it is what the history says, line by line.
 */

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const start = civilDate('2017-02-20')
const refs = ['2.1', '2.2', '2.3']

const project = fc.constantFrom(...refs)
const number = fc.constantFrom(1, 2)
const part = fc.constantFrom('2', 'programme')
const date = fc.constantFrom('1 Mar 2017', '20 Mar 2017', '30 Jun 2017', '1 Feb 2018')
const said = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(project, fc.constantFrom('red', 'amber'))
      .map(([ref, state]) => `${ref} ${state} the post is vacant green by 1 Dec 2017`),
  },
  { weight: 3, arbitrary: project.map((ref) => `${ref} green`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(project, number, date)
      .map(([ref, one, day]) => `move ${ref} ${one} to ${day} because the supplier is late`),
  },
  { weight: 2, arbitrary: fc.tuple(project, number).map(([ref, one]) => `done ${ref} ${one}`) },
  fc.tuple(project, number).map(([ref, one]) => `flag ${ref} ${one} because it is tight`),
  fc.tuple(project, number).map(([ref, one]) => `unflag ${ref} ${one}`),
  fc.tuple(project, number).map(([ref, one]) => `confirm ${ref} ${one}`),
  project.map((ref) => `confirm ${ref}`),
  {
    weight: 2,
    arbitrary: fc
      .tuple(part, fc.constantFrom('red', 'amber', 'green'))
      .map(([named, state]) => `override ${named} ${state} because the board said so`),
  },
  { weight: 2, arbitrary: part.map((named) => `confirm override ${named}`) },
  part.map((named) => `override ${named} off`),
  fc.constantFrom('admin rollup worst', 'admin rollup plurality', 'admin rollup proportion 40%'),
  fc.constantFrom(
    'admin confirm improvement on',
    'admin confirm done on',
    'admin confirm done off',
  ),
)

/** Who says what, how many days after the one before. */
const happening = fc.record({
  who: fc.constantFrom('office', 'other'),
  after: fc.constantFrom(0, 0, 1, 3),
  said,
})

const commands = [
  ...[done, flag, unflag, move, confirm],
  ...rollUpCommands,
  ...adminCommands,
  update,
]

async function aProgramme() {
  const { db } = fresh
  await db.$executeRaw`TRUNCATE "Programme", "Person", "Receipt" CASCADE`
  const office = await storePerson(db, 'Priya Marlowe', 'U1')
  const other = await storePerson(db, 'Omar Finch', 'U2')
  const programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [office, other],
    projects: refs.map((ref) => ({
      ref,
      title: `Project ${ref}`,
      milestones: [
        ['Adverts out', '2017-02-24'],
        ['Posts filled', null],
      ],
    })),
  })
  return { programmeId, people: { office, other } }
}

test('any sequence of updates, moves, completions, flags and overrides is replayed to the same as at every day', async () => {
  const stored = { happenings: 0, days: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 8, maxLength: 24 }), async (happenings) => {
      const { programmeId, people } = await aProgramme()
      const asOf = (asAt: CivilDate) => describeStatus(fresh.db, { programmeId, asAt })
      const then = new Map<CivilDate, Status>()
      let today = start
      for (const [at, { who, after, said: text }] of happenings.entries()) {
        if (after > 0) then.set(today, await asOf(today))
        today = addDays(today, after)
        const minute = new Date(`${today}T12:00:00Z`).getTime() + at * 60_000
        await chatOn(fresh.db, today, { commands, clock: clockAt(new Date(minute)) }).ask(
          people[who],
          text,
        )
      }
      const history = await historyOf(programmeId)
      stored.happenings += history.length
      for (const [day, told] of then) {
        stored.days += 1
        expect(await asOf(day)).toEqual(told)
        expect(inShort(await loadPlan(fresh.db, programmeId, day))).toEqual(replay(history, day))
      }
    }),
    { numRuns: 12 },
  )
  // Enough of what people said was stored for this to mean something.
  expect(stored.happenings).toBeGreaterThan(60)
  expect(stored.days).toBeGreaterThan(30)
}, 180_000)

interface Event {
  readonly onDay: CivilDate
  readonly at: Date
  apply(state: Replayed): void
}

interface Replayed {
  readonly states: Record<string, string>
  readonly due: Record<string, string | null>
  readonly doneOn: Record<string, string | null>
  readonly atRisk: Record<string, boolean>
}

function beginning(): Replayed {
  const each = <T>(value: (number: number) => T) =>
    Object.fromEntries(refs.flatMap((ref) => [1, 2].map((one) => [`${ref}/${one}`, value(one)])))
  return {
    states: Object.fromEntries(refs.map((ref) => [ref, 'blank'])),
    due: each((one) => (one === 1 ? '2017-02-24' : null)),
    doneOn: each(() => null),
    atRisk: each(() => false),
  }
}

/** One line of the history after the other, as far as `day`. */
function replay(history: readonly Event[], day: CivilDate): Replayed {
  const state = beginning()
  for (const event of history) if (event.onDay <= day) event.apply(state)
  return state
}

function inShort({ projects }: Plan): Replayed {
  const milestones = projects.flatMap(({ ref, milestones: own }) =>
    own.map((one) => ({ ...one, key: `${ref}/${one.number}` })),
  )
  const each = <T>(value: (one: (typeof milestones)[number]) => T) =>
    Object.fromEntries(milestones.map((one) => [one.key, value(one)]))
  return {
    states: Object.fromEntries(projects.map((one) => [one.ref, stateOf(one)])),
    due: each(({ due }) => due),
    doneOn: each(({ doneOn }) => doneOn),
    atRisk: each((one) => one.flag !== null),
  }
}

/** All that is stored of what was said, straight from the tables, in the order in which it was said. */
async function historyOf(programmeId: string): Promise<Event[]> {
  const projects = await fresh.db.project.findMany({
    where: { programmeId },
    include: {
      updates: { include: { confirmation: true } },
      milestones: { include: { moves: true, done: true, flags: true } },
    },
  })
  const events = projects.flatMap(({ ref, updates, milestones }): Event[] => [
    ...updates.flatMap((row) => {
      const counts = row.toConfirm ? row.confirmation : row
      if (!counts) return []
      return [
        event(counts, (state) => {
          // What was confirmed late does not overrule what was said, and counted, since.
          const later = updates.some(
            (one) => !one.toConfirm && one.at > row.at && one.at < counts.at,
          )
          if (!later) state.states[ref] = row.state
        }),
      ]
    }),
    ...milestones.flatMap(({ number: one, moves, done: finished, flags }) => {
      const key = `${ref}/${one}`
      return [
        ...moves.map((row) =>
          event(row, (state) => {
            state.due[key] = row.to && fromDbDate(row.to)
          }),
        ),
        ...flags.map((row) =>
          event(row, (state) => {
            state.atRisk[key] = row.atRisk
          }),
        ),
        ...completion(finished).map((row) =>
          event(row, (state) => {
            state.doneOn[key] = row.doneOn
          }),
        ),
      ]
    }),
  ])
  return events.sort((a, b) => a.at.getTime() - b.at.getTime())
}

type Done = Awaited<ReturnType<FreshDatabase['db']['milestoneDone']['findFirst']>>

function completion(row: Done) {
  if (!row) return []
  const { onDay, at, toConfirm, confirmedOn, confirmedAt } = row
  const doneOn = fromDbDate(onDay)
  if (!toConfirm) return [{ onDay, at, doneOn }]
  return confirmedOn && confirmedAt ? [{ onDay: confirmedOn, at: confirmedAt, doneOn }] : []
}

function event(
  { onDay, at }: { readonly onDay: Date; readonly at: Date },
  apply: Event['apply'],
): Event {
  return { onDay: fromDbDate(onDay), at, apply }
}
