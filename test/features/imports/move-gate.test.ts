import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import type { GovernedMilestone } from '../../../src/domain/plan/move-governance.ts'
import type { PlanChange } from '../../../src/features/imports/diff-types.ts'
import { gateMoves } from '../../../src/features/imports/move-gate.ts'
import type { MilestoneCell, ProjectRow } from '../../../src/features/imports/parsed-plan.ts'

const [march, april, june] = ['2017-03-31', '2017-04-28', '2017-06-30'].map(civilDate)
const over30 = { days: 30, seen: false }
const seen = { days: null, seen: true }

const row: ProjectRow = {
  ...{ ref: '1.1', title: 'Paths', workstreamRef: '1', row: 7, state: 'blank', rawState: '' },
  ...{ commentary: '', leads: [], recommendations: [], outcomes: [], milestones: [] },
}

const stored = (more: Partial<GovernedMilestone> = {}): GovernedMilestone => ({
  ...{ ref: '1.1', number: 2, due: march ?? null, agreed: march ?? null, seen: null },
  ...{ isDone: false, askedFor: null, ...more },
})

const about = { what: 'milestone', ref: '1.1', number: 2, title: 'Survey' } as const
const moveTo = (to: string | null): PlanChange => ({
  ...about,
  ...{ field: 'due', from: '2017-03-31', to },
  milestone: { due: to && civilDate(to) } as MilestoneCell,
})
const done: PlanChange = {
  ...{ ...about, field: 'done', from: null, to: '2017-06-30' },
  milestone: {} as MilestoneCell,
}

/** What becomes of a sheet's changes of a milestone. */
function gated(
  changed: PlanChange[],
  milestone = stored(),
  setting = over30 as typeof seen | typeof over30,
) {
  const difference = { added: [], missing: [], unchanged: 0, changed }
  const { notes, ...left } = gateMoves([milestone], setting, { projects: [row] }, difference)
  return {
    left: left.difference.changed.map(({ field }) => field),
    said: notes.map(({ row: at, message }) => `${at}: ${message}`),
  }
}

const stays = '7: 1.1, 2. Survey stays due on Fri 31 Mar 2017: the sheet has'
const because = 'and that waits for the sponsor, because'
const tooLong = `${because} it is more than 30 days after Fri 31 Mar 2017, the day that was agreed.`

describe('a date that a sheet moves', () => {
  test.each([
    ['so far as anybody may', moveTo('2017-04-28'), stored(), over30],
    ['to a sooner day', moveTo('2017-02-28'), stored(), over30],
    ['of what had no day', moveTo('2017-06-30'), stored({ due: null, agreed: null }), over30],
    ['to the day that was agreed meanwhile', moveTo('2017-06-30'), stored({ due: june }), over30],
    ['of what no board was told', moveTo('2017-06-30'), stored(), seen],
    ['of what is not in the plan', moveTo('2017-06-30'), stored({ number: 3 }), over30],
  ])('counts at once: %s', (_, change, milestone, setting) => {
    expect(gated([change], milestone, setting)).toEqual({ left: ['due'], said: [] })
  })

  test('too far stays, with the line that asks for it; the rest of the row counts', () => {
    const rating: PlanChange = {
      ...about,
      field: 'state',
      from: 'green',
      to: 'red',
      milestone: {} as MilestoneCell,
    }
    expect(gated([moveTo('2017-06-30'), rating])).toEqual({
      left: ['state'],
      said: [
        `${stays} Fri 30 Jun 2017, ${tooLong} Ask for it: move 1.1 2 to Fri 30 Jun 2017 because ….`,
      ],
    })
  })

  test.each([
    [
      'past the day that the board was told',
      moveTo('2017-06-30'),
      stored({ seen: april }),
      seen,
      `${stays} Fri 30 Jun 2017, ${because} the board was told Fri 28 Apr 2017. Ask for it: move 1.1 2 to Fri 30 Jun 2017 because ….`,
    ],
    [
      'with its date taken away',
      moveTo(null),
      stored(),
      over30,
      `${stays} no day for it, ${because} it would have no day, and Fri 31 Mar 2017 was agreed. Ask for it: move 1.1 2 to a day because ….`,
    ],
    [
      'that was asked for already',
      moveTo('2017-06-30'),
      stored({ askedFor: june }),
      over30,
      `${stays} Fri 30 Jun 2017, ${tooLong} It was asked for already.`,
    ],
    [
      'of what was done before',
      moveTo('2017-06-30'),
      stored({ isDone: true }),
      over30,
      `${stays} Fri 30 Jun 2017, ${tooLong} It is done, so no move is asked for.`,
    ],
  ])('stays: %s', (_, change, milestone, setting, said) => {
    expect(gated([change], milestone, setting)).toEqual({ left: [], said: [said] })
  })

  test('and that it finishes as well stays as it was, and it is finished', () => {
    expect(gated([moveTo('2017-06-30'), done])).toEqual({
      left: ['done'],
      said: [`${stays} Fri 30 Jun 2017, ${tooLong} It is done, so no move is asked for.`],
    })
  })
})
