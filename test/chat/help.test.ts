import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../src/base/dates.ts'
import { expand } from '../../src/chat/cards.ts'
import { helpCard, usagesOf } from '../../src/chat/help.ts'
import { readDate } from '../../src/features/plan/deadlines.ts'
import { planCommands } from '../support/programme.ts'

describe('the help', () => {
  test('has each way to write each command, after the prefix of the platform', () => {
    expect(usagesOf(planCommands, '@Milepost').map(({ usage }) => usage)).toEqual([
      '@Milepost',
      '@Milepost <project>',
      '@Milepost <project> <state> [<reason>] [green by <date>]',
      '@Milepost done <project> <milestone> [evidence <link>]',
      '@Milepost move <project> <milestone> to <date> [because <reason>]',
      '@Milepost flag <project> <milestone> [because <reason>]',
      '@Milepost unflag <project> <milestone>',
      '@Milepost confirm <project> [<milestone>]',
      '@Milepost due [<days>]',
      '@Milepost mismatches [for <programme>]',
      '@Milepost admin scheme [for <programme>]',
      '@Milepost admin scheme own <states> [for <programme>]',
      '@Milepost admin scheme <scheme> [for <programme>]',
      '@Milepost admin criteria [for <programme>]',
      '@Milepost admin criteria add <label> [<critical>] [for <programme>]',
      '@Milepost admin criteria remove <position> [for <programme>]',
      '@Milepost admin criteria off [for <programme>]',
      '@Milepost admin criteria five [for <programme>]',
      '@Milepost admin confirm <what> <onoff> [for <programme>]',
      '@Milepost whoami',
      '@Milepost help',
    ])
  })

  test('names only dates that are understood', () => {
    const text = JSON.stringify(expand(helpCard({ commands: [] })).body)
    const [, dates = ''] = /A date can be (.+?)\./.exec(text) ?? []
    expect(dates.split(/, | or /)).toHaveLength(4)
    for (const date of dates.split(/, | or /)) {
      expect([date, readDate(date, civilDate('2017-02-24'))]).toEqual([
        date,
        expect.stringMatching(/^2017-/),
      ])
    }
  })
})
