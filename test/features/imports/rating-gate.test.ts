import { describe, expect, test } from '@jest/globals'
import type { PlanChange } from '../../../src/features/imports/diff-types.ts'
import type { MilestoneCell, ProjectRow } from '../../../src/features/imports/parsed-plan.ts'
import { gateRatings } from '../../../src/features/imports/rating-gate.ts'
import { aPlan, type UpdateSketch } from '../../support/plans.ts'
import { settingsWith } from '../../support/settings.ts'

const row = (state: string, rawState: string, commentary = ''): ProjectRow => ({
  ...{ ref: '1.1', title: 'Paths', workstreamRef: '1', row: 7, state, rawState, commentary },
  ...{ leads: [], recommendations: [], outcomes: [], milestones: [] },
})

const change = (to: string): PlanChange => ({
  ...{ what: 'project', ref: '1.1', field: 'state', from: 'red', to },
})

/** What becomes of a sheet's rating of a project that was rated so. */
function gated(
  updates: UpdateSketch[],
  sheet: ProjectRow,
  settings: object = {},
  knowsPlan = false,
) {
  const bySheet = updates.map((update) => ({ source: 'import', ...update }))
  const plan = aPlan({ projects: [{ ref: '1.1', updates: bySheet }] })
  const difference = { added: [], missing: [], unchanged: 0, changed: [change(sheet.state)] }
  const file = { projects: [sheet], knowsPlan }
  const result = gateRatings(plan, settingsWith(settings), file, difference)
  return {
    isKept: result.difference.changed.length === 0,
    isToConfirm: result.toConfirm.has('1.1'),
    said: result.notes.map(({ row: at, message }) => `${at}: ${message}`),
  }
}

const red = [{ state: 'red', onDay: '2017-02-13' }]
const unrated = [{ state: 'not-applicable', onDay: '2017-02-20' }, ...red]
const asks = { confirm: { improvement: true } }

describe('what a lead said since the last sheet', () => {
  const said = [{ state: 'red', onDay: '2017-02-23', source: 'slack' }, { state: 'amber' }]
  const note =
    '7: 1.1 stays ◆ Red, as was said on Thu 23 Feb 2017, since the last sheet. If ● Green in the sheet is right, say it: 1.1 green.'

  test('stays, and whoever imports is told how to say otherwise', () => {
    const sheet = row('green', 'G', 'All is well')
    expect(gated(said, sheet)).toEqual({ isKept: true, isToConfirm: false, said: [note] })
  })

  test.each<[string, UpdateSketch[], ProjectRow, boolean]>([
    ['the sheet says the same', said, row('red', 'R', 'In other words'), false],
    ['the sheet is an export that was changed', said, row('green', 'G'), true],
    ['a sheet spoke last', said.slice(1), row('green', 'G'), false],
  ])('is no matter where %s', (_, updates, sheet, knowsPlan) => {
    expect(gated(updates, sheet, {}, knowsPlan)).toEqual({
      ...{ isKept: false, isToConfirm: false, said: [] },
    })
  })
})

describe('a sheet', () => {
  test('takes no Red away with an empty cell', () => {
    const said = ['7: 1.1 stays ◆ Red: the sheet rates it no more, and no commentary says why.']
    expect(gated(red, row('blank', ''))).toEqual({ isKept: true, isToConfirm: false, said })
    expect(gated(red, row('not-applicable', 'N/A'))).toEqual({
      ...{ isKept: true, isToConfirm: false, said },
    })
  })

  test('changes no rating that it is not understood to give', () => {
    const green = [{ state: 'green', onDay: '2017-02-13' }]
    const said = ['7: 1.1 stays ● Green: the state in the sheet was not understood.']
    expect(gated(green, row('blank', 'Gr??n', 'All is well'))).toMatchObject({ isKept: true, said })
  })

  test.each([
    ['with the reason why it is not rated any more', red, row('not-applicable', 'N/A', 'Closed')],
    ['a worse rating', [{ state: 'green' }], row('red', 'R', 'Nobody applied')],
    ['an improvement, where nobody has to agree', red, row('green', 'G')],
    ['a first rating', [], row('red', 'R', 'Nobody applied')],
  ])('is taken %s', (_what, updates, sheet) => {
    expect(gated(updates, sheet)).toEqual({ isKept: false, isToConfirm: false, said: [] })
  })

  test.each([
    ['a Red is Green in it', red, row('green', 'G'), '◆ Red', '● Green'],
    [
      'a Red is not applicable in it',
      red,
      row('not-applicable', 'N/A', 'Closed'),
      '◆ Red',
      '□ N/A',
    ],
    [
      'a Red that was not rated for a while comes back',
      unrated,
      row('green', 'G'),
      '□ N/A',
      '● Green',
    ],
  ])(
    'waits for a second person where %s and the programme asks for one',
    (_what, updates, sheet, was, is) => {
      expect(gated(updates, sheet, asks)).toEqual({
        ...{ isKept: false, isToConfirm: true },
        said: [`7: 1.1 stays ${was} until somebody confirms ${is}: confirm 1.1.`],
      })
    },
  )

  test.each([
    ['', 'is empty'],
    ['??', 'was not understood'],
  ])('with %p for a milestone that it rated before leaves that rating', (rawState, why) => {
    const milestone = { rawState } as MilestoneCell
    const about = { what: 'milestone', ref: '1.1', number: 2, title: 'Survey', milestone } as const
    const changed: PlanChange[] = [{ ...about, field: 'state', from: 'red', to: 'blank' }]
    const difference = { added: [], missing: [], unchanged: 0, changed }
    const file = { projects: [row('blank', '')], knowsPlan: false }
    const { notes, difference: left } = gateRatings(aPlan(), settingsWith(), file, difference)
    expect(left.changed).toEqual([])
    expect(notes).toEqual([
      { row: 7, message: `1.1, 2. Survey stays ◆ Red: the state in the sheet ${why}.` },
    ])
  })

  test.each<[string, string, string | undefined, boolean, string[]]>([
    [
      'stays where the sheet says otherwise',
      'amber',
      'slack',
      false,
      [
        '1.1, 1. Survey stays ▲ Amber, as was said on Mon 20 Feb 2017, since the last sheet. If ● Green in the sheet is right, say it: rate 1.1 1 green.',
      ],
    ],
    ['is no matter where the sheet says the same', 'green', 'slack', false, []],
    ['is no matter where the sheet is an export that was changed', 'amber', 'slack', true, []],
    ['is no matter where a sheet spoke last', 'amber', undefined, false, []],
  ])('what was said in chat of a milestone %s', (_, rating, ratedIn, knowsPlan, messages) => {
    const rated = {
      about: 'Survey',
      due: null,
      rating,
      ratedOn: '2017-02-20',
      ...(ratedIn ? { ratedIn } : {}),
    }
    const plan = aPlan({ projects: [{ ref: '1.1', milestones: [rated] }] })
    const milestone = { rawState: 'G' } as MilestoneCell
    const about = { what: 'milestone', ref: '1.1', number: 1, title: 'Survey', milestone } as const
    const changed: PlanChange[] = [{ ...about, field: 'state', from: 'red', to: 'green' }]
    const difference = { added: [], missing: [], unchanged: 0, changed }
    const file = { projects: [row('blank', '')], knowsPlan }
    const { notes, difference: left } = gateRatings(plan, settingsWith(), file, difference)
    expect(left.changed).toHaveLength(messages.length === 0 ? 1 : 0)
    expect(notes).toEqual(messages.map((message) => ({ row: 7, message })))
  })
})
