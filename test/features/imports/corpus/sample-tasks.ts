import { addDays, type CivilDate, civilDate } from '../../../../src/base/dates.ts'

/** The plan that is written out in every layout, and must come back from it. */
export interface SampleTask {
  readonly ref: string
  readonly group: string
  readonly title: string
  readonly owner: string
  readonly due: CivilDate
  readonly state: 'Red' | 'Amber' | 'Green'
  readonly isDone: boolean
}

/** The day the sheets speak for. */
export const asOf = civilDate('2026-11-29')

const groups = ['Harbour wall', 'Tide gate', 'Visitor centre', 'Lamp posts']
const verbs = ['Survey', 'Paint', 'Repair', 'Open', 'Order', 'Fit', 'Test', 'Publish']
const things = ['the north steps', 'the pump', 'the ticket desk', 'the signs', 'the old crane']
const owners = ['Lee Moss', 'Kim Ash', 'Zoë O’Hara', 'Sam Reed']
const states = ['Red', 'Amber', 'Green'] as const

/** Reproducible numbers below `limit`, from a seed (Park and Miller). */
export function numbersFrom(seed: number): (limit: number) => number {
  let state = (seed % 2_147_483_646) + 1
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647
    return state % limit
  }
}

/** Six to twelve tasks in two to four groups, each task once. */
export function sampleTasks(seed: number): SampleTask[] {
  const pick = numbersFrom(seed)
  const used = groups.slice(0, 2 + pick(3))
  const perGroup = 3 + pick(2)
  return used.flatMap((group, at) =>
    Array.from({ length: perGroup }, (_, index): SampleTask => {
      const isDone = pick(6) === 0
      const days = isDone ? -pick(200) : 20 + pick(500)
      return {
        ref: `${at + 1}.${index + 1}`,
        group,
        title: `${verbs[pick(verbs.length)]} ${things[pick(things.length)]} ${at + 1}${'abcde'[index]}`,
        owner: owners[pick(owners.length)] ?? '',
        due: addDays(asOf, days),
        state: states[pick(states.length)] ?? 'Green',
        isDone,
      }
    }),
  )
}
