import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import { civilDate } from '../../src/base/dates.ts'
import { expandCard } from '../../src/chat/cards.ts'
import { collectTopics, helpCard, listUsages } from '../../src/chat/help.ts'
import { renderPlainText } from '../../src/chat/plain-text.ts'
import { readDate } from '../../src/domain/deadlines/deadlines.ts'
import { toMessage } from '../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../src/playground/slack/limits.ts'
import { cardProblems } from '../../src/playground/teams/limits.ts'

const { commands, manifestCommands } = buildCommandRegistry()
const help = commands.find(({ name }) => name === 'help')
if (!help) throw new Error('no help')

// The help reads nothing but the prefix from its context.
const asked = async (topic?: string, prefix = '/rag') =>
  (await help.run({ prefix } as Parameters<typeof help.run>[0], { topic })).card
const words = async (topic?: string) => renderPlainText(expandCard(await asked(topic)))

const short = helpCard.data.parse((await asked()).data)
const everyday = short.groups.slice(0, -1)
const topics = short.groups.at(-1)?.rows.map(({ usage }) => usage.replace('/rag help ', '')) ?? []

describe('the short help', () => {
  test('has ten commands, grouped by reader', () => {
    expect(everyday.map(({ heading }) => heading)).toEqual([
      'If you lead a project',
      'For everybody',
      'For the programme office',
    ])
    expect(everyday.flatMap(({ rows }) => rows)).toHaveLength(10)
  })

  test('begins with the empty command, and ends with the topics', async () => {
    expect(everyday[0]?.rows[0]).toEqual({
      usage: '/rag',
      summary: 'Your page: what you owe, your projects, and what your roles are there for.',
    })
    expect(topics).toEqual(
      expect.arrayContaining(['update', 'milestones', 'digest', 'register', 'measures', 'admin']),
    )
  })
})

describe('the help on a topic', () => {
  test('has every usage of every command, each in one topic', async () => {
    const pages = await Promise.all(topics.map((topic) => asked(topic, '@Milepost')))
    const usages = pages.flatMap(({ data }) =>
      helpCard.data
        .parse(data)
        .groups.flatMap(({ rows }) => rows.flatMap(({ usage }) => usage.split('\n'))),
    )
    const all = listUsages(commands).map(({ usage }) => `@Milepost ${usage}`)
    expect(usages.toSorted()).toEqual(['@Milepost', ...all.slice(0, -1)].toSorted())
    expect(all.at(-1)).toBe('@Milepost help [<topic>]')
  })

  test.each([
    ['register', 'register'],
    ['MEASURES', 'measures'],
    ['milestone', 'milestones'],
    ['kpi', 'measures'],
    ['move', 'milestones'],
    ['regster', 'register'],
    ['admin', 'admin'],
  ])('"%s" is about %s', async (word, topic) => {
    expect(await words(word)).toMatch(new RegExp(`^Help: ${topic}\n`))
  })

  test('that does not exist says so, and shows the short help', async () => {
    const text = await words('weather')
    expect(text).toContain(
      'I have no help on “weather”. There is help on home, update, milestones,',
    )
    expect(text).toContain('If you lead a project')
  })
})

describe('the topics of the features', () => {
  const [one, other] = commands
  if (!one || !other) throw new Error('no commands')

  test('are joined by name, in the order of their parts', () => {
    const parts = [
      { name: 'a', commands: [one] },
      { name: 'b', summary: 'B', commands: [] },
      { name: 'a', summary: 'A', commands: [other] },
    ]
    expect(collectTopics(parts)).toEqual([
      { name: 'a', summary: 'A', commands: [one, other] },
      { name: 'b', summary: 'B', commands: [] },
    ])
  })

  test('need exactly one summary each', () => {
    const part = { name: 'a', summary: 'A', commands: [] }
    expect(() => collectTopics([{ name: 'a', commands: [] }])).toThrow('"a" needs one summary')
    expect(() => collectTopics([part, part])).toThrow('"a" needs one summary')
  })
})

describe('every page of the help', () => {
  test.each([undefined, 'weather', ...topics])('(%s) fits both platforms', async (topic) => {
    const card = expandCard(await asked(topic, '@Milepost'))
    expect(blockProblems(toMessage(card).blocks, 'message')).toEqual([])
    expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
  })
})

test('the manifests list the most used commands first, each usage once', () => {
  const usages = listUsages(manifestCommands).map(({ usage }) => usage)
  expect(usages.slice(0, 3)).toEqual([
    '<project> <state> [<reason>] [path to green <path>] [green by <date>] [for <audience> only]',
    'done <project> <milestone> [evidence <link>]',
    'move <project> <milestone> to <date> [because <reason>]',
  ])
  expect(usages.indexOf('help [<topic>]')).toBeLessThan(12)
  expect(usages.toSorted()).toEqual(
    listUsages(commands)
      .map(({ usage }) => usage)
      .toSorted(),
  )
  expect(new Set(usages).size).toBe(usages.length)
})

test('the dates that the help shows are understood', async () => {
  const [, dates = ''] = /A date can be (.+?)\./.exec(await words()) ?? []
  expect(dates.split(/, | or /)).toHaveLength(4)
  for (const date of dates.split(/, | or /)) {
    expect([date, readDate(date, civilDate('2017-02-24'))]).toEqual([
      date,
      expect.stringMatching(/^2017-/),
    ])
  }
})
