import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { buildCommandRegistry, topicParts } from '../../src/app/command-registry.ts'
import { defineQuery, parseCommand } from '../../src/chat/commands.ts'
import { oneOf } from '../../src/chat/grammar.ts'
import { collectTopics } from '../../src/chat/help.ts'
import { noticeCard } from '../../src/chat/notice.ts'

test('each command has a name of its own, and a topic', () => {
  const names = buildCommandRegistry().commands.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test('the commands of which others hear something are limited, and these are all', () => {
  const { commands } = buildCommandRegistry()
  const limited = commands.filter(({ notifies }) => notifies !== undefined)
  expect(limited.map(({ name }) => name).toSorted()).toEqual([
    ...['add-milestone', 'agree', 'ask', 'close', 'decide', 'decline-milestone', 'decline-move'],
    ...['digest-correct', 'ledger-retry', 'move', 'paper-approve', 'paper-check', 'paper-decline'],
    ...['reopen-entry', 'reply', 'round-nudge', 'undo'],
  ])
})

test('at most one command takes the files that people send', () => {
  const { commands } = buildCommandRegistry()
  const taking = commands.filter(({ takesFiles }) => takesFiles).map(({ name }) => name)
  expect(taking.slice(1)).toEqual([])
})

describe('a toy command in a topic of its own', () => {
  const toy = defineQuery({
    ...{ name: 'toy', usages: ['toy <colour>'], slots: { colour: oneOf('red', 'blue') } },
    ...{ examples: ['toy red'], authority: ['ask for help'] },
    summary: 'Shows a toy of that colour.',
    args: z.object({ colour: z.string() }),
    run: async (_, { colour }) => ({
      card: noticeCard({ heading: 'Toy', lines: [colour], buttons: [] }),
    }),
  })
  const parts = [...topicParts, { name: 'toys', summary: 'Toys.', commands: [toy] }]
  const registry = buildCommandRegistry(parts)

  test('is found by what people type, by its own words', () => {
    const parsed = parseCommand(registry.commands, 'toy blue')
    expect([parsed?.command.name, parsed?.raw]).toEqual(['toy', { colour: 'blue' }])
    expect(parseCommand(registry.commands, 'toy green')).toBeUndefined()
  })

  test('stands in the help and in what the manifests offer, without either naming it', () => {
    expect(collectTopics(parts).find(({ name }) => name === 'toys')?.commands).toEqual([toy])
    expect(registry.manifestCommands).toContain(toy)
  })
})
