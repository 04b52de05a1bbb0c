import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { z } from 'zod'
import { type AdaptiveCard, expandCard } from '../src/chat/cards.ts'
import { helpCard } from '../src/chat/help.ts'
import { noticeCard } from '../src/chat/notice.ts'
import { projectFormCard } from '../src/chat/project-form.ts'
import { checkFormCard, checksCard } from '../src/features/checks/cards.ts'
import { ledgerCard } from '../src/features/delivery-log/cards.ts'
import { digestCard, digestPartCard } from '../src/features/digests/rendering/cards.ts'
import { measureCard, measureFormCard, measuresCard } from '../src/features/measures/cards.ts'
import { moveFormCard } from '../src/features/milestones/cards.ts'
import { decideFormCard, questionCard, replyFormCard } from '../src/features/questions/cards.ts'
import {
  registerCard,
  registerCloseFormCard,
  registerFormCard,
} from '../src/features/register/cards.ts'
import { reminderDefinition } from '../src/features/reminders/cards.ts'
import { snoozeFormCard } from '../src/features/reminders/snooze.ts'
import { extendFormCard, roundCard } from '../src/features/rounds/cards.ts'
import { programmeCard } from '../src/features/status/cards.ts'
import { dueCard, mineCard, projectCard, updateFormCard } from '../src/features/updates/cards.ts'
import { toMessage } from '../src/platforms/slack/converter/message.ts'
import { toModal } from '../src/platforms/slack/converter/modal.ts'
import { blockProblems, viewProblems } from '../src/playground/slack/limits.ts'
import { cardProblems } from '../src/playground/teams/limits.ts'

/** Every template of adaptive-cards/, with its sample: what a programme office may change is checked here. */

const folder = new URL('../adaptive-cards/', import.meta.url)
const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const sampleOf = (name: string) => json(`${name}.sample.json`)

const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.sample.json'))
  .map((file) => file.replace('.sample.json', ''))
const templates = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && !file.endsWith('.sample.json'))
  .map((file) => file.replace('.json', ''))

interface Known {
  readonly definition: { readonly name: string; readonly data: z.ZodType }
  readonly ours: readonly string[]
}

/** The cards, and of each what only ever holds our own words. Everything else may hold what people wrote. */
const cards: readonly Known[] = [
  { definition: questionCard, ours: ['heading', 'buttons.title'] },
  { definition: replyFormCard, ours: ['goes'] },
  // The short names of programmes, which an administrator chose.
  { definition: projectFormCard, ours: ['heading', 'button', 'programme', 'textLabel'] },
  { definition: decideFormCard, ours: ['programme'] },
  { definition: checksCard, ours: ['heading', 'intro', 'more', 'rows.buttons.title'] },
  { definition: checkFormCard, ours: [] },
  {
    definition: digestCard,
    ours: [
      ...['heading', 'issue', 'overall', 'counts.text', 'counts.color'],
      ...['headline', 'coverage', 'sections.heading', 'footer', 'actions.title'],
    ],
  },
  { definition: digestPartCard, ours: ['heading', 'sections.heading'] },
  { definition: dueCard, ours: ['heading', 'intro', 'more'] },
  { definition: helpCard, ours: ['heading', 'groups.heading'] },
  { definition: measureCard, ours: ['details.label', 'moreHistory'] },
  {
    definition: measureFormCard,
    ours: ['states.title', 'states.value', 'values.state'],
  },
  // The lines hold names and what platforms said; the title a name.
  { definition: ledgerCard, ours: ['heading', 'intro', 'rows.buttons.title', 'more'] },
  { definition: measuresCard, ours: ['heading', 'counts', 'more', 'hint'] },
  { definition: mineCard, ours: ['heading', 'intro', 'more', 'moreQuestions'] },
  { definition: moveFormCard, ours: ['now', 'date'] },
  { definition: noticeCard, ours: ['heading', 'buttons.title'] },
  {
    definition: programmeCard,
    ours: ['heading', 'policy', 'sections.heading', 'sections.more', 'footer'],
  },
  {
    definition: projectCard,
    ours: ['moreMilestones', 'moreHistory', 'buttons.title', 'milestones.buttons.title'],
  },
  {
    definition: registerCard,
    ours: [
      ...['heading', 'intro', 'sections.heading', 'sections.more'],
      ...['sections.rows.buttons.title', 'buttons.title'],
    ],
  },
  { definition: registerCloseFormCard, ours: ['heading', 'label'] },
  {
    definition: registerFormCard,
    ours: [
      ...['kind', 'heading', 'textLabel', 'projectLabel'],
      // The short names of programmes, which an administrator chose.
      ...['programmes.title', 'programmes.value', 'values.programme'],
      ...['states.title', 'states.value', 'values.rating', 'values.date'],
    ],
  },
  {
    definition: reminderDefinition,
    ours: [
      ...['heading', 'groups.heading', 'groups.rows.kind', 'groups.rows.told', 'more', 'day'],
      ...['groups.rows.buttons.title', 'groups.rows.buttons.style'],
      ...['buttons.title', 'buttons.style'],
    ],
  },
  // Who is asked, and what a meeting is called.
  { definition: roundCard, ours: ['groups.heading', 'buttons.title'] },
  { definition: extendFormCard, ours: ['now', 'date', 'time'] },
  { definition: snoozeFormCard, ours: ['choice', 'date'] },
  {
    definition: updateFormCard,
    ours: [
      ...['states.title', 'states.value', 'values.state', 'values.date'],
      ...['criteria.title', 'criteria.value', 'values.criteria', 'criteriaRule', 'criteriaResult'],
      ...['audiences.title', 'audiences.value', 'values.audience'],
    ],
  },
]
const names = cards.map(({ definition }) => definition.name)

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
const onTeams = (card: AdaptiveCard) => cardProblems(JSON.parse(JSON.stringify(card)))

describe.each(cards)('the card "$definition.name"', ({ definition, ours }) => {
  const sample = sampleOf(definition.name)
  const expanded = expandCard({ name: definition.name, data: sample })

  test('takes its sample as it is, with nothing that it does not know', () => {
    expect(definition.data.parse(sample)).toEqual(sample)
  })

  test('shows the sample, with no hole left in the template', () => {
    expect(stringsIn(expanded).filter((text) => /\$\{/.test(text))).toEqual([])
    expect(expanded.fallbackText).not.toBe('')
  })

  test('passes the limits of both platforms', () => {
    expect(onSlack(expanded).problems).toEqual([])
    expect(onTeams(expanded)).toEqual([])
  })

  test('shows what people write as they wrote it, wherever that stands', () => {
    const data = written(sample, ours)
    expect(definition.data.safeParse(data).success).toBe(true)
    const card = expandCard({ name: definition.name, data })
    expect(parsedTexts([card.body, card.actions ?? []])).toEqual([])
    expect(stringsIn(card).filter((text) => holds(text) && !text.includes(hostile))).toEqual([])
    const { sent, problems } = onSlack(card)
    expect(problems).toEqual([])
    expect(onTeams(card)).toEqual([])
    expect(markup(sent)).toEqual([])
    expect(textsWith(sent).length).toBeGreaterThan(0)
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
