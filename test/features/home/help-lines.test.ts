import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { parseCommand } from '../../../src/chat/commands.ts'
import {
  type HelpReader,
  type HelpRole,
  helpLines,
  mostLines,
} from '../../../src/features/home/help-lines.ts'
import { day } from '../../support/programme.ts'

const { commands } = buildCommandRegistry()
const example = {
  ref: 'BCS/2.1',
  title: 'Practice standards',
  milestone: { position: 3, text: 'All pages written' },
}
const linesFor = (roles: readonly HelpRole[], more: Partial<HelpReader> = {}) =>
  helpLines({ roles: new Set(roles), example, today: day('2017-02-24'), ...more })
const typed = (...asked: Parameters<typeof linesFor>) => linesFor(...asked).map(({ line }) => line)

describe('the lines of help that fit who asks', () => {
  test.each<[string, HelpRole[], Partial<HelpReader>, string[]]>([
    [
      'a lead: their own project and its open milestone',
      ['lead'],
      {},
      [
        'BCS/2.1 green',
        'done BCS/2.1 3',
        'move BCS/2.1 3 to 27 Mar 2017 because the supplier is late',
        'due',
        'away 27 Feb 2017 to 3 Mar 2017',
      ],
    ],
    [
      'a lead with nothing open',
      ['lead'],
      { example: { ...example, milestone: undefined } },
      ['BCS/2.1 green', 'due', 'away 27 Feb 2017 to 3 Mar 2017'],
    ],
    ['the office', ['programme_office'], {}, ['round', 'digest', 'checks', 'people', 'export']],
    [
      'a sponsor',
      ['sponsor'],
      {},
      ['status', 'BCS/2.1', 'ask BCS/2.1 what has to happen next?', 'follow BCS/2.1', 'due'],
    ],
    ['somebody who reads, in an empty plan', ['viewer'], { example: undefined }, ['status', 'due']],
    [
      'a lead of the office: some of each',
      ['programme_office', 'lead'],
      {},
      [
        'BCS/2.1 green',
        'round',
        'done BCS/2.1 3',
        'digest',
        'move BCS/2.1 3 to 27 Mar 2017 because the supplier is late',
      ],
    ],
    ['a stranger', [], { example: undefined }, ['whoami']],
  ])('%s', (_, roles, more, lines) => expect(typed(roles, more)).toEqual(lines))

  test.each<[HelpRole[]]>([
    [['lead']],
    [['programme_office']],
    [['sponsor']],
    [['viewer']],
    [['lead', 'sponsor']],
    [[]],
  ])('of %j are few, and each works when it is typed', (roles) => {
    const lines = typed(roles)
    expect(lines.length).toBeLessThanOrEqual(mostLines)
    for (const line of lines) expect(parseCommand(commands, line)).toBeDefined()
  })
})
