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

const today = civilDate('2017-02-24')
const stranger = { personId: null }
// For somebody whom no programme knows the help reads nothing else from its context.
const asked = async (topic?: string, prefix = '/rag') =>
  (await help.run({ prefix, today, actor: stranger } as Parameters<typeof help.run>[0], { topic }))
    .card
const words = async (topic?: string) => renderPlainText(expandCard(await asked(topic)))

const all = helpCard.data.parse((await asked('all')).data)
const topics = all.groups.flatMap(({ rows }) =>
  rows.map(({ usage }) => usage.replace('/rag help ', '')),
)

test('the short help for somebody whom no programme knows is how to be known', async () => {
  const { groups, buttons } = helpCard.data.parse((await asked()).data)
  expect(groups.flatMap(({ rows }) => rows.map(({ usage }) => usage))).toEqual(['/rag whoami'])
  expect(buttons).toMatchObject([
    { title: 'Whoami', verb: 'whoami' },
    { title: 'More', verb: 'help', data: { topic: 'all' } },
  ])
})

test('“help all” has a line for each topic', () => {
  expect(topics).toEqual(
    expect.arrayContaining(['update', 'milestones', 'digest', 'register', 'measures', 'admin']),
  )
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

  test('has buttons for the questions that need nothing filled in', async () => {
    const { buttons } = helpCard.data.parse((await asked('status')).data)
    expect(buttons.map(({ title }) => title)).toEqual(expect.arrayContaining(['Status', 'More']))
    expect(buttons.length).toBeLessThanOrEqual(5)
  })

  test('that does not exist says so, and shows the topics', async () => {
    const text = await words('weather')
    expect(text).toContain(
      'I have no help on “weather”. There is help on home, update, milestones,',
    )
    expect(text).toContain('/rag help milestones')
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
  test.each([undefined, 'all', 'weather', ...topics])('(%s) fits both platforms', async (topic) => {
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
    expect([date, readDate(date, today)]).toEqual([date, expect.stringMatching(/^2017-/)])
  }
})
