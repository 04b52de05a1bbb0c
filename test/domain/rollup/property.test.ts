import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, type CivilDate, civilDate, fromDbDate } from '../../../src/base/dates.ts'
import { declaredStateOf, type Plan, unconfirmedUpdate } from '../../../src/domain/plan/plan.ts'
import { loadPlan, loadRecentPlan } from '../../../src/domain/plan/store.ts'
import { ratingContextOf, ratingOf } from '../../../src/domain/status/rating.ts'
import { loadStatusReport, type StatusReport } from '../../../src/features/status/status-report.ts'
import type { Prisma } from '../../../src/infra/db.ts'
import { clockAt } from '../../support/clock.ts'
import { emptyTables, useDatabase } from '../../support/database.ts'
import { chatOn, storePerson, storeProgramme } from '../../support/programme.ts'

/**
 * Whatever people say on whichever days: how the programme stood at the end of a day is the same when it is asked on
 * that day and when it is asked after everything that came later; and it is what the history says, line by line.
 */

const fresh = useDatabase()

const start = civilDate('2017-02-20')
const refs = ['2.1', '2.2']

interface Said {
  readonly who: 'office' | 'other'
  readonly text: string
}

const office = (text: string): Said => ({ who: 'office', text })
const other = (text: string): Said => ({ who: 'other', text })

const project = fc.constantFrom(...refs)
const milestone = fc.tuple(project, fc.constantFrom(1, 2)).map(([ref, one]) => `${ref} ${one}`)
const part = fc.constantFrom('2', 'programme')
const state = fc.constantFrom('red', 'amber', 'green')
const date = fc.constantFrom('1 Mar 2017', '20 Mar 2017', '30 Jun 2017', '1 Feb 2018')

const worse = (ref: string, to = 'red') => `${ref} ${to} the post is vacant green by 1 Dec 2017`
const set = (of: string, to: string) => `override ${of} ${to} because the board said so`

/** What people say one after the other, though other things are said, and days pass, in between. */
const story: fc.Arbitrary<Said[]> = fc.oneof(
  project.map((ref) => [office(worse(ref)), office(`${ref} green`), other(`confirm ${ref}`)]),
  project.map((ref) => [office(worse(ref, 'amber')), other(`${ref} green`)]),
  milestone.map((one) => [office(`done ${one}`), other(`confirm ${one}`)]),
  milestone.map((one) => [office(`flag ${one} because it is tight`), other(`unflag ${one}`)]),
  fc
    .tuple(milestone, date)
    .map(([one, day]) => [office(`move ${one} to ${day} because the supplier is late`)]),
  fc.tuple(part, state).map(([of, to]) => [office(set(of, to)), other(`confirm override ${of}`)]),
  fc.tuple(part, state).map(([of, to]) => [other(set(of, to)), office(`override ${of} off`)]),
  fc
    .constantFrom('worst', 'plurality', 'proportion 40%')
    .map((policy) => [office(`admin rollup ${policy}`)]),
  fc
    .tuple(fc.constantFrom('improvement', 'done'), fc.constantFrom('on', 'off'))
    .map(([what, onoff]) => [office(`admin confirm ${what} ${onoff}`)]),
)

interface Happening extends Said {
  /** Days after the one before. */
  readonly after: number
}

/** Several stories, told in turns. */
const happenings: fc.Arbitrary<Happening[]> = fc
  .array(story, { minLength: 8, maxLength: 14 })
  .chain((stories) => {
    const turns = stories.flatMap((story, at) => story.map(() => at))
    const days = fc.constantFrom(0, 0, 1, 3)
    return fc
      .tuple(
        fc.shuffledSubarray(turns, { minLength: turns.length }),
        fc.array(days, { minLength: turns.length, maxLength: turns.length }),
      )
      .map(([order, after]) => inTurns(stories, order, after))
  })

function inTurns(stories: readonly Said[][], order: readonly number[], after: readonly number[]) {
  const told = stories.map((story) => story.values())
  return order.flatMap((which, at): Happening[] => {
    const next = told[which]?.next().value
    return next ? [{ ...next, after: after[at] ?? 0 }] : []
  })
}

/** `second`: whether it asks for a second person from the beginning. */
async function aProgramme(second: boolean) {
  const { db } = fresh
  await emptyTables(db)
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
  const confirm = { improvement: second, done: second }
  await db.programme.update({ where: { id: programmeId }, data: { settings: { confirm } } })
  return { programmeId, people: { office, other } }
}

test('any sequence of updates, moves, completions, flags and overrides is replayed to the same as at every day', async () => {
  const stored = { lines: 0, days: 0, confirmed: 0 }
  const property = fc.asyncProperty(fc.boolean(), happenings, async (second, told) => {
    const { programmeId, people } = await aProgramme(second)
    const asOf = (asAt: CivilDate) => loadStatusReport(fresh.db, { programmeId, asAt })
    const then = new Map<CivilDate, StatusReport>()
    let today = start
    for (const [at, { who, after, text }] of told.entries()) {
      if (after > 0) then.set(today, await asOf(today))
      today = addDays(today, after)
      const clock = clockAt(new Date(new Date(`${today}T12:00:00Z`).getTime() + at * 60_000))
      await chatOn(fresh.db, today, { clock }).ask(people[who], text)
    }
    const history = await historyOf(programmeId)
    stored.lines += history.length
    stored.confirmed += await fresh.db.confirmation.count({
      where: { OR: [{ NOT: { updateId: null } }, { NOT: { overrideId: null } }] },
    })
    for (const [day, status] of then) {
      stored.days += 1
      expect(await asOf(day)).toEqual(status)
      const plan = await loadPlan(fresh.db, programmeId, day)
      expect(inShort(plan)).toEqual(replay(history, day))
      const before = addDays(day, -2)
      const recent = await loadRecentPlan(fresh.db, programmeId, day, before)
      expect(standing(recent, before)).toEqual(standing(plan, before))
    }
  })
  await fc.assert(property, { numRuns: 20 })
  // Most of what was said was stored: else nothing of this would mean anything.
  expect(stored.lines).toBeGreaterThan(60)
  expect(stored.days).toBeGreaterThan(40)
  expect(stored.confirmed).toBeGreaterThan(0)
}, 180_000)

/** How projects stood on the day of a plan and on an earlier one, with all that was said in between. */
function standing(plan: Plan, since: CivilDate) {
  const context = ratingContextOf(plan)
  return plan.projects.map((project) => {
    const updatesThen = project.updates.filter(({ onDay }) => onDay <= since)
    const { state, update } = ratingOf(project, context)
    return {
      ...{ state, update, earlier: declaredStateOf({ updates: updatesThen }) },
      said: project.updates.filter(({ onDay }) => onDay > since),
      awaited: unconfirmedUpdate(project),
    }
  })
}

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
    states: Object.fromEntries(projects.map((one) => [one.ref, declaredStateOf(one)])),
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
      milestones: {
        include: { moves: true, done: { include: { confirmation: true } }, flags: true },
      },
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

type CompletionRow = Prisma.MilestoneCompletionGetPayload<{ include: { confirmation: true } }>

function completion(row: CompletionRow | null) {
  if (!row) return []
  const counts = row.toConfirm ? row.confirmation : row
  return counts ? [{ onDay: counts.onDay, at: counts.at, doneOn: fromDbDate(row.onDay) }] : []
}

function event(
  { onDay, at }: { readonly onDay: Date; readonly at: Date },
  apply: Event['apply'],
): Event {
  return { onDay: fromDbDate(onDay), at, apply }
}
