import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import { parseCommand } from '../../src/chat/commands.ts'
import { nearestCommands, unknownLineCard } from '../../src/chat/unknown-line.ts'

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

describe('the answer to it', () => {
  test.each([
    ['move 2.1 pages', ['move']],
    ['digest chanels', ['digest-channels']],
    ['xyzzy', []],
  ])('%s: offers the nearest commands, two at most', (typed, names) => {
    const near = nearestCommands(commands, typed).map(({ name }) => name)
    expect(near.length).toBeLessThanOrEqual(2)
    expect(near).toEqual(expect.arrayContaining(names))
  })

  test('a question is one press away; of what saves something, its help is; nothing is said of saving', () => {
    const { data } = unknownLineCard(commands, 'decisionz', '/rag')
    expect(data).toMatchObject({
      heading: 'I did not understand that',
      lines: [
        expect.stringMatching(/^I could not read “decisionz”/),
        expect.any(String),
        expect.any(String),
      ],
      buttons: expect.arrayContaining([{ title: 'Decisions', verb: 'decisions', data: {} }]),
    })
    expect(JSON.stringify(data)).not.toMatch(/saved/i)
    expect(unknownLineCard(commands, 'xyzzy', '/rag').data).toMatchObject({
      buttons: [{ title: 'What you can ask', verb: 'help' }],
    })
  })
})
