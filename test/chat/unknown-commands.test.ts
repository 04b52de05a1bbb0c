import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import { parseCommand } from '../../src/chat/commands.ts'

const { commands } = buildCommandRegistry()

function refused(typed: string): string {
  try {
    parseCommand(commands, typed, '/rag')
  } catch (error) {
    return String(error)
  }
  throw new Error(`“${typed}” was read`)
}

describe('a line that no command reads', () => {
  test.each([
    ['admin commentary', ['/rag admin commentary <audience> [for <programme>]']],
    ['digest preview', ['/rag digest preview <onoff> [for <programme>]']],
    [
      'Digest  headline',
      [
        '/rag digest headline off [for <programme>]',
        '/rag digest headline [for <programme>] <text> [words are fine because <fine>]',
      ],
    ],
  ])('%s: is answered with the usages that begin most alike, and no others', (typed, usages) => {
    const [, offered = ''] = refused(typed).split(' Try: ')
    expect(offered.split('  or  ').map((one) => one.split('. ')[0])).toEqual(usages)
  })

  test('that begins like many commands is answered with all of them', () => {
    const offered = refused('digest channels please').split('  or  ')
    expect(offered).toHaveLength(2)
    expect(refused('admin').split('  or  ').length).toBeGreaterThan(10)
  })

  test('that begins like none is referred to the help', () => {
    expect(refused('flibber')).toContain('Type /rag help to see what I understand.')
  })
})
