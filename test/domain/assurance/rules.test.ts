import { describe, expect, test } from '@jest/globals'
import { may } from '../../../src/authority/rights.ts'
import { civilDate } from '../../../src/base/dates.ts'
import { divergenceCountText, formatDivergence } from '../../../src/domain/assurance/format.ts'
import {
  type AssuranceRating,
  divergenceOf,
  relationOfRater,
} from '../../../src/domain/assurance/rules.ts'
import type { SecondRatingSettings } from '../../../src/domain/assurance/settings.ts'
import { brag } from '../../../src/domain/scheme/schemes.ts'
import { aPlan, type UpdateSketch } from '../../support/plans.ts'

const rating = (state: string, onDay: string): AssuranceRating => ({
  ...{ state, reason: null, byId: 'priya' },
  onDay: civilDate(onDay),
})

function between(updates: readonly UpdateSketch[], ratings: readonly AssuranceRating[]) {
  const [project] = aPlan({ projects: [{ ref: '2.1', updates }] }).projects
  return project && divergenceOf(project, ratings, brag)
}

const green = { state: 'green', onDay: '2017-02-06' }

describe('two ratings of a project', () => {
  test('differ since the later of the days on which each changed last', () => {
    const updates = [
      { ...green, onDay: '2017-02-20' },
      green,
      { state: 'amber', onDay: '2017-01-30' },
    ]
    const ratings = [
      rating('amber', '2017-02-17'),
      rating('amber', '2017-02-10'),
      rating('green', '2017-02-03'),
    ]
    const found = between(updates, ratings)
    expect(found).toMatchObject({ since: '2017-02-10' })
    expect(
      found && formatDivergence({ ...found, reason: 'Two reviews were missed' }, { by: 'sponsor' }),
    ).toBe('Lead: ● Green; sponsor: ▲ Amber, since Fri 10 Feb 2017: Two reviews were missed')
    expect(between(updates, [rating('amber', '2017-02-01')])).toMatchObject({ since: '2017-02-06' })
  })

  test.each([
    ['they say the same', [green], [rating('green', '2017-02-10')]],
    ['one says complete and the other on course', [green], [rating('blue', '2017-02-10')]],
    ['nobody rated it a second time', [green], []],
    ['its lead never rated it', [], [rating('red', '2017-02-10')]],
    [
      'the second one says that it is not applicable',
      [green],
      [rating('not-applicable', '2017-02-10')],
    ],
  ])('do not differ where %s', (_, updates, ratings) => {
    expect(between(updates, ratings)).toBeUndefined()
  })

  test('ignore an improvement that awaits confirmation', () => {
    const awaited = { ...green, onDay: '2017-02-20', awaitsConfirmation: true }
    const updates = [awaited, { state: 'red', onDay: '2017-02-06' }]
    expect(between(updates, [rating('red', '2017-02-10')])).toBeUndefined()
  })

  test('are counted in words', () => {
    expect(divergenceCountText(0, { by: 'sponsor' })).toEqual([])
    expect(divergenceCountText(1, { by: 'assurance' })).toEqual([
      '1 project is rated differently by assurance.',
    ])
    expect(divergenceCountText(3, { by: 'sponsor' })).toEqual([
      '3 projects are rated differently by their sponsors.',
    ])
    expect(divergenceCountText(2, { by: 'assurance', label: 'Internal audit' })).toEqual([
      '2 projects are rated differently by Internal audit.',
    ])
  })
})

describe('who may rate a second time', () => {
  const project = {
    ...{
      leads: ['asha'],
      workstreamLeads: ['wynn'],
      sponsors: ['sue', 'wynn'],
      leadsCoveredByActor: [],
    },
    programmeOffice: ['priya'],
  }
  const mayRate = (id: string, who: SecondRatingSettings, post: string | null = null) =>
    may('rate beside the lead', relationOfRater({ id, post }, project, who))

  test('its sponsors and the programme office, and nobody who leads it', () => {
    expect(
      ['sue', 'priya', 'wynn', 'asha', 'vera'].filter((id) => mayRate(id, { by: 'sponsor' })),
    ).toEqual(['sue', 'priya'])
  })

  test('for assurance, whose post is what the rating is called', () => {
    const who = { by: 'assurance' as const, label: 'Internal audit' }
    expect(mayRate('vera', who, 'internal  Audit')).toBe(true)
    expect(mayRate('vera', who, 'Auditor')).toBe(false)
    expect(mayRate('sue', who)).toBe(false)
    expect(mayRate('priya', who)).toBe(true)
  })

  test('nobody where the programme has one rating', () => {
    expect(['sue', 'priya'].some((id) => mayRate(id, { by: 'off' }))).toBe(false)
  })
})
