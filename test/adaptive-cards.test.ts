import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { Template as OfMicrosoft } from 'adaptivecards-templating'
import { z } from 'zod'
import { type CardTemplate, compileTemplate } from '../src/chat/card-template.ts'
import {
  type AdaptiveCard,
  type CardDefinition,
  defineCard,
  expandTemplate,
} from '../src/chat/cards.ts'
import { toMessage } from '../src/platforms/slack/converter/message.ts'
import { toModal } from '../src/platforms/slack/converter/modal.ts'
import { withChoiceButtons } from '../src/platforms/teams/choice-buttons.ts'
import { blockProblems, viewProblems } from '../src/playground/slack/limits.ts'
import { cardProblems } from '../src/playground/teams/limits.ts'

/** Every template of adaptive-cards/, with its sample: what a programme office may change is checked here. */

const folder = new URL('../adaptive-cards/', import.meta.url)
const source = new URL('../src/', import.meta.url)
const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const sampleOf = (name: string) => json(`${name}.sample.json`)

const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.sample.json'))
  .map((file) => file.replace('.sample.json', ''))
const templates = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && !file.endsWith('.sample.json'))
  .map((file) => file.replace('.json', ''))

/** Every card that src declares: a file that calls defineCard exports what it gets. */
async function declaredCards(): Promise<CardDefinition<unknown>[]> {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && file !== 'chat/cards.ts' && !file.startsWith('infra/prisma/'),
  )
  const declaring = files.filter((file) =>
    readFileSync(new URL(file, source), 'utf8').includes('= defineCard('),
  )
  const modules: Record<string, unknown>[] = await Promise.all(
    declaring.map((file) => import(new URL(file, source).href)),
  )
  return modules.flatMap((module) => Object.values(module).filter(isDefinition))
}

function isDefinition(value: unknown): value is CardDefinition<unknown> {
  return typeof value === 'function' && 'data' in value && 'ownText' in value
}

const cards = await declaredCards()
const names = cards.map(({ name }) => name)

test('every template has a sample, and every card is one of them', () => {
  expect(samples).toEqual(templates)
  expect(new Set(names)).toEqual(new Set(templates))
})

const origin = { tenant: 'T1', conversation: 'C1', kind: 'channel' as const, message: '1.2' }
const isForm = (card: AdaptiveCard) => JSON.stringify(card).includes('"Input.')

/** What Slack would be sent, and what it would refuse of that. */
function onSlack(card: AdaptiveCard): { readonly sent: unknown; readonly problems: string[] } {
  if (isForm(card)) {
    const view = toModal(card, origin)
    return { sent: view, problems: viewProblems(view) }
  }
  const message = toMessage(card)
  return { sent: message, problems: blockProblems(message.blocks, 'message') }
}

/** What Teams would refuse or pass over of the card as it is sent. */
const onTeams = (card: AdaptiveCard) =>
  cardProblems(JSON.parse(JSON.stringify(withChoiceButtons(card)))).filter(
    (problem) => !isPeoplePicker.test(problem),
  )

/** Teams has the people picker in cards of every version: "People Picker in Adaptive Cards" shows it in one of 1.2. */
const isPeoplePicker = /^Input\.ChoiceSet: Property "choices\.data" is supported in version 1\.6/

interface Subject {
  readonly definition: Pick<CardDefinition<unknown>, 'data' | 'ownText'>
  readonly template: CardTemplate
  readonly sample: unknown
}

/** What is wrong with a card, by its template and its sample. */
function problemsOf({ definition, template, sample }: Subject): string[] {
  const expanded = expandTemplate(template, sample)
  const data = written(sample, definition.ownText)
  const hostileCard = expandTemplate(template, data)
  const sent = onSlack(hostileCard)
  const parsed = definition.data.safeParse(sample)
  return [
    ...(isDeepStrictEqual(parsed.data, sample) ? [] : ['the sample is not its data']),
    ...stringsIn(expanded).filter((text) => /\$\{/.test(text)),
    ...(expanded.fallbackText === '' ? ['it has no fallback text'] : []),
    ...[...onSlack(expanded).problems, ...sent.problems],
    ...[...onTeams(expanded), ...onTeams(hostileCard)],
    ...(definition.data.safeParse(data).success ? [] : ['its data takes no text of people']),
    ...parsedTexts([hostileCard.body, hostileCard.actions ?? []]).map(
      (place) => `people's text stands in ${place}`,
    ),
    ...stringsIn(hostileCard)
      .filter((text) => holds(text) && !text.includes(hostile))
      .map(() => "people's text is not shown whole"),
    ...markup(sent.sent).map(() => 'Slack reads markup in what people wrote'),
    ...(textsWith(sent.sent).length > 0 ? [] : ['it shows nothing that people wrote']),
  ]
}

test.each(names)(
  'the card "%s" shows its sample and any text of people as written, within the limits of both platforms',
  (name) => {
    const definition = cards.find((card) => card.name === name)
    if (!definition) throw new Error(`no card ${name}`)
    const template = compileTemplate(json(`${name}.json`))
    expect(problemsOf({ definition, template, sample: sampleOf(name) })).toEqual([])
  },
)

test.each(names)('the card "%s" is filled in as Microsoft’s own engine does', (name) => {
  const source = json(`${name}.json`)
  const [ours, theirs] = [compileTemplate(source), new OfMicrosoft(source)]
  const { ownText = [] } = cards.find((card) => card.name === name) ?? {}
  const sample = sampleOf(name)
  for (const data of [sample, written(sample, ownText), ...emptied(sample)])
    expect(ours(data)).toEqual(theirs.expand({ $root: data }))
})

/** The data with one thing in it empty, or the other way round, at a time. */
function emptied(data: unknown): unknown[] {
  return Object.entries(isObject(data) ? data : {}).flatMap(([key, value]) => {
    const [first] = Array.isArray(value) ? value : []
    const others = Array.isArray(value) ? [[], [first], [...value, ...value]] : [emptyOf(value)]
    return others.map((other) => ({ ...(data as object), [key]: other }))
  })
}

const emptyOf = (value: unknown) =>
  typeof value === 'boolean' ? !value : typeof value === 'string' ? '' : value

describe('a toy card', () => {
  /** An expression of a template: no template of TypeScript's. */
  const field = (name: string) => `$${'{'}${name}}`
  const toyCard = defineCard('toy', z.object({ heading: z.string(), title: z.string() }), {
    ownText: ['heading'],
  })
  const sample = { heading: 'Toys', title: 'A kite' }
  const template = (element: object) =>
    compileTemplate({
      type: 'AdaptiveCard',
      version: '1.5',
      fallbackText: 'Toys',
      body: [{ type: 'TextBlock', style: 'heading', text: field('heading'), wrap: true }, element],
    })
  const run = { type: 'TextRun', text: field('title') }

  test('needs its template, its sample and its declaration, and nothing else', () => {
    const body = { type: 'RichTextBlock', inlines: [run] }
    expect(problemsOf({ definition: toyCard, template: template(body), sample })).toEqual([])
  })

  test('with people’s text where Teams reads markdown is found', () => {
    const body = { type: 'TextBlock', text: run.text, wrap: true }
    expect(problemsOf({ definition: toyCard, template: template(body), sample })).toContain(
      "people's text stands in TextBlock.text",
    )
  })

  test('whose sample is not its data is found', () => {
    const body = { type: 'RichTextBlock', inlines: [run] }
    const other = { ...sample, colour: 'red' }
    expect(problemsOf({ definition: toyCard, template: template(body), sample: other })).toContain(
      'the sample is not its data',
    )
  })
})

const hostile = [
  '<!channel> <@U1> @everyone *b* _i_ ~s~ `c` [l](http://x) & "q" \\ {{DATE()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a person may write, and no template of ours
  '${1+1} ${$root}',
  '\u202Eright to left\u202C zero\u200Bwidth',
  'x'.repeat(300),
].join(' ')

/** The data with this in each text that people may have written: not in ids and verbs, nor in what is ours. */
function written(value: unknown, ours: readonly string[], path = ''): unknown {
  if (typeof value === 'string') return value === '' || isId(value) ? value : hostile
  if (Array.isArray(value)) return value.map((each) => written(each, ours, path))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const here = path === '' ? key : `${path}.${key}`
      const stays = ours.includes(here) || key === 'verb' || key === 'data'
      return [key, stays ? each : written(each, ours, here)]
    }),
  )
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return isObject(value) ? Object.values(value).flatMap(stringsIn) : []
}

/** Where people's words stand in an element whose text is read as Markdown, or as a label of ours. */
function parsedTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(parsedTexts)
  if (!isObject(value)) return []
  const type = String(value.type ?? '')
  const shown = type === 'TextRun' || type.startsWith('Input.') ? [] : ['text', 'title', 'label']
  const own = shown.filter((key) => typeof value[key] === 'string' && holds(value[key]))
  const { data: _carried, ...rest } = value
  // A compact list is the platform's own drop-down, which shows plain text.
  if (type === 'Input.ChoiceSet' && value.style === 'compact') delete rest.choices
  return [...own.map((key) => `${type}.${key}`), ...Object.values(rest).flatMap(parsedTexts)]
}

/** Slack's texts that it would read as markup and that hold people's words, not escaped. */
function markup(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markup)
  if (!isObject(value)) return []
  const { type, text } = value
  const parsed = type === 'mrkdwn' || (type === undefined && typeof text === 'string')
  const own = parsed && typeof text === 'string' && text.includes('<!channel>') ? [text] : []
  return [...own, ...Object.values(value).flatMap(markup)]
}

/** Slack's plain texts that hold people's words, whole to the letter. */
function textsWith(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsWith)
  if (!isObject(value)) return []
  const texts = [value.text, value.initial_value].filter((text) => typeof text === 'string')
  return [
    ...texts.filter((text) => text.includes(hostile)),
    ...Object.values(value).flatMap(textsWith),
  ]
}

const holds = (text: unknown) => String(text).includes('<!channel>')

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
