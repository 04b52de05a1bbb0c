import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import type { OverrideRow } from '../../../../src/domain/rollup/overrides.ts'
import { cardsOf, families, saidOn, site, standards, textOf, type Week } from './sample-weeks.ts'

/** What digests have said that did not follow from what had happened: each a story that must not be told so again. */

const allOf = (...weeks: readonly Week[]) =>
  cardsOf(...weeks)
    .map(textOf)
    .join('\n')
const green = families(saidOn('2017-02-24', 'green'))
const week = (asAt: string, ...projects: NonNullable<Week['projects']>): Week => ({
  asAt,
  projects: [...projects, green],
})

describe('a project that is rated Red for the first time', () => {
  const text = allOf(
    week('2017-02-20', standards([])),
    week('2017-02-27', standards(saidOn('2017-02-24', 'red', site))),
  )

  test('is news: a digest does not say that nothing moved', () => {
    expect(text).not.toContain('Nothing moved')
    expect(text).toContain('Since Mon 20 Feb 2017: 1 project rated for the first time (1 Red).')
  })

  test('is newly rated, and not still Red', () => {
    expect(text).not.toContain('Still')
    expect(text).toContain(
      'Newly rated\n1.1 Practice standards online  ◆ Red, rated for the first time (R, was –)\n',
    )
  })

  test('is still Red the week after', () => {
    const later = allOf(
      week('2017-02-20', standards([])),
      week('2017-02-27', standards(saidOn('2017-02-24', 'red', site))),
      week('2017-03-06', standards(saidOn('2017-02-24', 'red', site))),
    )
    expect(later).toContain('Still ◆ Red\n1.1')
    expect(later).not.toContain('Newly rated')
  })
})

test('a Red that is new in the plan is neither still Red nor nothing', () => {
  const text = allOf(
    week('2017-02-20'),
    week('2017-02-27', standards(saidOn('2017-02-24', 'red', site))),
  )
  expect(text).toContain('Since Mon 20 Feb 2017: 1 project new in the plan (1 Red).')
  expect(text).toContain('Newly rated\n1.1 Practice standards online  ◆ Red (R)\nNew in the plan\n')
})

describe('a Red that is called not applicable', () => {
  const red = saidOn('2017-02-17', 'red', site)
  const none = [...saidOn('2017-02-24', 'not-applicable', { reason: 'The site is paused' }), ...red]
  const back = [...saidOn('2017-03-10', 'green'), ...none]

  test('is counted as no longer rated, and listed with what it was and why', () => {
    const text = allOf(week('2017-02-20', standards(red)), week('2017-02-27', standards(none)))
    expect(text).toContain('Since Mon 20 Feb 2017: 1 project no longer rated (before: 1 Red).')
    expect(text).toContain(
      'Not rated any more\n1.1 Practice standards online  □ N/A, was Red until Fri 24 Feb 2017 (–, was R)\nThe site is paused',
    )
  })

  test('is listed as long as it is not rated', () => {
    const text = allOf(
      week('2017-02-20', standards(red)),
      week('2017-02-27', standards(none)),
      week('2017-03-06', standards(none)),
    )
    expect(text).toContain('Not rated any more\n1.1')
    expect(text).toContain('□ N/A for 2 rounds, was Red until Fri 24 Feb 2017 (–, was – R)')
  })

  test('and comes back Green is rated again: neither better nor rated for the first time', () => {
    const text = allOf(
      week('2017-02-20', standards(red)),
      week('2017-02-27', standards(none)),
      week('2017-03-13', standards(back)),
    )
    expect(text).toContain('Since Mon 27 Feb 2017: 1 project rated again.')
    expect(text).not.toMatch(/better|first time/)
  })
})

describe('the colour of the programme', () => {
  const amber = standards(saidOn('2017-02-17', 'amber', site))
  const settings = {
    rollUp: { policy: 'worst' },
    rollUpChanges: [{ policy: 'plurality', onDay: '2017-02-22', byId: null }],
  }
  const calm = families(saidOn('2017-02-17', 'green'))
  const more = { ref: '2.3', title: 'More foster carers', updates: saidOn('2017-02-17', 'green') }
  const others = [amber, calm, more, { ...more, ref: '3.1' }, { ...more, ref: '4.1' }]
  const on = (asAt: string, overrides: readonly OverrideRow[] = [], own: object = {}): Week => ({
    ...{ asAt, overrides, projects: others, programme: { settings: own } },
    people: [{ id: 'helen', name: 'Helen Tarrant' }],
  })

  test('that changed with the rule alone is not better', () => {
    const text = allOf(on('2017-02-20', [], settings), on('2017-02-27', [], settings))
    expect(text).toContain('Overall ● Green, by another rule, was Amber')
    expect(text).toContain('Since Mon 20 Feb 2017: 1 colour rolled up by another rule.')
    expect(text).not.toContain('better')
  })

  const override = (workstreamId: string | null): OverrideRow => {
    const [onDay, at] = [civilDate('2017-02-22'), new Date('2017-02-22T12:00:00Z')]
    const by = { byId: 'helen', onDay, at }
    const row = { id: 'o1', workstreamId, state: 'green', reason: 'The site is paid for' }
    return { ...row, ...by, confirmation: { ...by, byId: null } }
  }

  test.each([
    ['itself', null],
    ['a workstream', '1'],
  ])('where somebody set %s by hand is not better, and says so', (_what, workstreamId) => {
    const rows = [override(workstreamId)]
    const text = allOf(on('2017-02-20', rows), on('2017-02-27', rows))
    expect(text).toContain('Overall ● Green, set by hand, was Amber')
    expect(text).toContain('Since Mon 20 Feb 2017: 1 colour set by hand.')
    expect(text).not.toContain('better')
  })

  test('a workstream that was set by hand says so, by whom and why, each week until that ends', () => {
    const rows = [override('1')]
    const told = '● Green (rolled up: Amber 1 of 1; set by Helen Tarrant: The site is paid for)'
    const second = [on('2017-02-20', rows), on('2017-02-27', rows)]
    expect(allOf(...second)).toContain(told)
    const third = allOf(...second, on('2017-03-06', rows))
    expect(third).toContain(told)
    expect(third).toContain('; 1 of 4 workstreams set by hand\n')
    const [first] = rows
    const end = {
      ...first,
      id: 'o2',
      state: null,
      onDay: civilDate('2017-03-08'),
      confirmation: null,
    }
    const ended = [...rows, { ...end, at: new Date('2017-03-08T12:00:00Z') }] as OverrideRow[]
    const text = allOf(on('2017-03-06', ended), on('2017-03-13', ended))
    expect(text).not.toContain('set by Helen')
    expect(text).toContain('Overall ▲ Amber, no longer set by hand, was Green')
    expect(text).not.toContain('worse')
  })
})

describe('one Green of nine, the others not rated', () => {
  const nine = Array.from({ length: 9 }, (_, at) => ({ ref: `1.${at + 1}` }))
  const on = (asAt: string, rated: number, own: object = {}): Week => ({
    asAt,
    programme: { settings: own },
    projects: nine.map((project, at) =>
      at < rated ? { ...project, updates: saidOn('2017-02-17', 'green') } : project,
    ),
  })

  test('is not enough rated: no colour, and every unrated one is counted', () => {
    const text = allOf(on('2017-02-20', 1))
    expect(text).toContain('Overall ○ Not enough rated; 1 of 1 workstream without a colour\n')
    expect(text).toContain('● Green 1  ○ Not rated 8\n')
    expect(text).not.toContain('● Green (G)')
  })

  test('is Green where the programme says that one rating is enough', () => {
    const text = allOf(on('2017-02-20', 1, { rollUp: { policy: 'worst', minRated: 0 } }))
    expect(text).toContain('Overall ● Green\n◆ Red 0  ▲ Amber 0  ● Green 1  ○ Not rated 8\n')
  })

  test('has a colour from the fifth one on', () => {
    expect(allOf(on('2017-02-20', 4), on('2017-02-27', 5))).toContain('Overall ● Green')
  })
})

describe('a programme that rates its milestones', () => {
  const rated = (more: object = {}): Week['projects'] => [
    {
      ...standards([]),
      milestones: [{ due: '2017-02-22', rating: 'on-track', ratedOn: '2017-02-01', ...more }],
    },
  ]
  const on = (asAt: string, more?: object): Week => {
    return { asAt, projects: rated(more), programme: { settings: { scheme: 'delivery' } } }
  }

  test('has its projects turn as their milestones pass and are done, and says that these are why', () => {
    const late = allOf(on('2017-02-20'), on('2017-02-27'))
    expect(late).toContain('Worse (1)\n1.1 ')
    expect(late).toMatch(
      /1\.1 .+Missed deadline.+, worse, from On track.+\nAs its milestones are rated\n/,
    )
    expect(late).not.toContain('No way back')
    const done = allOf(
      on('2017-02-20'),
      on('2017-02-27'),
      on('2017-03-06', { doneOn: '2017-03-02' }),
    )
    expect(done).toMatch(/1\.1 .+Completed, better, from Missed deadline/)
  })
})
