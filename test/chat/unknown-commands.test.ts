import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import { parseCommand } from '../../src/chat/commands.ts'
import { nearestCommands, unknownLineCard, unknownLineTexts } from '../../src/chat/unknown-line.ts'

const { commands } = buildCommandRegistry()

const usagesFor = (typed: string) =>
  unknownLineTexts(nearestCommands(commands, typed), typed, '/rag').slice(1)

describe('a line that no command reads', () => {
  test.each([
    ['admin commentary', '/rag admin commentary <audience> [for <programme>]'],
    ['digest preview', '/rag digest preview <onoff> [for <programme>]'],
    ['Digest  headline', '/rag digest headline off [for <programme>]'],
  ])('%s: is answered with the usage that is most alike first', (typed, usage) => {
    expect(parseCommand(commands, typed)).toBeUndefined()
    expect(usagesFor(typed)[0]).toBe(usage)
  })

  test('that begins like many commands is answered with two of them', () => {
    expect(usagesFor('admin')).toHaveLength(2)
  })

  test('that is like none names none', () => {
    expect(usagesFor('flibber')).toEqual([])
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
