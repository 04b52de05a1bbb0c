import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { civilDate } from '../../../../src/base/dates.ts'
import { type AdaptiveCard, type Card, expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import type { DigestContent } from '../../../../src/domain/digests/content/content.ts'
import type { Entry } from '../../../../src/domain/register/entry.ts'
import { digestCard, digestPartCard } from '../../../../src/features/digests/rendering/cards.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { buildSections } from '../../../../src/features/digests/rendering/sections/registry.ts'
import type { Section } from '../../../../src/features/digests/rendering/sections/section.ts'
import { workstreamOverview } from '../../../../src/features/digests/rendering/workstream-overview.ts'
import { toMessage } from '../../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../../src/playground/teams/limits.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../../support/plans.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../../support/register.ts'

const since = civilDate('2017-02-20')

function digest(
  sketch: PlanSketch,
  previous: DigestContent | null = null,
  register: readonly Entry[] = [],
): DigestContent {
  const plan = aPlan({ asAt: '2017-02-27', ...sketch })
  return composeDigest({ plan, register, previous, since })
}

function entriesOf(card: Card) {
  const sections =
    card.name === 'digest'
      ? digestCard.data.parse(card.data).sections
      : digestPartCard.data.parse(card.data).groups.flatMap((group) => group.sections)
  return sections.flatMap(({ entries }) => entries)
}

const hostileWords = [
  '<!channel> & <@U1> @everyone',
  '*bold* _x_ `y` ~z~ [a](https://example.org) https://example.org',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a person may write, and no template of ours
  '${1+1} {{DATE()}}',
  '\u202Eevil zero\u200Bwidth',
  'خطة العمل '.repeat(28),
  'שלום '.repeat(58),
  '漢字'.repeat(145),
  '👩‍👩‍👧 '.repeat(30),
  '"\\'.repeat(140),
  'x'.repeat(298),
]
const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  { weight: 2, arbitrary: fc.constantFrom(...hostileWords) },
)
const commentary = fc.oneof(
  hostile,
  fc.constantFrom('\n\n\n', 'Word. '.repeat(500), 'word '.repeat(2_000)),
)
const state = fc.constantFrom('red', 'amber', 'green', 'blank')
const project = fc.record({
  title: hostile,
  reason: fc.option(commentary),
  path: fc.option(commentary),
  before: state,
  now: state,
  onDay: fc.constantFrom('2017-02-01', '2017-02-22'),
  due: fc.constantFrom(null, '2017-01-31', '2017-02-24', '2017-03-01', '2017-06-30'),
  movedFrom: fc.option(fc.constant('2017-01-03')),
  doneOn: fc.option(fc.constant('2017-02-24'), { nil: undefined }),
})
type Sketched = typeof project extends fc.Arbitrary<infer T> ? T : never

/** Few different projects, repeated up to 500 times: large plans that are quickly made, and read when one fails. */
const plans = fc.record({
  different: fc.array(project, { minLength: 1, maxLength: 12 }),
  projects: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 50, max: 500 })),
  workstreams: fc.integer({ min: 1, max: 12 }),
})
type Planned = typeof plans extends fc.Arbitrary<infer T> ? T : never

const refAt = (at: number, { workstreams }: Planned) => `${(at % workstreams) + 1}.${at + 1}`

function sketchOf(
  { title, reason, path, now, onDay, due, movedFrom, doneOn }: Sketched,
  ref: string,
): ProjectSketch {
  const moves =
    movedFrom && due
      ? [{ from: movedFrom, to: due, onDay: '2017-02-21', reason: reason ?? 'x' }]
      : []
  return {
    ref,
    title,
    leads: [`lead ${ref}`],
    updates: now === 'blank' ? [] : [{ state: now, reason, path, onDay }],
    milestones: [{ about: title, due, moves, ...(doneOn && { doneOn }) }],
  }
}

/** An entry of each kind for each project: far more than any programme keeps open. */
function registerOf({ title, reason, path, now }: Sketched, at: number, ref: string): Entry[] {
  const project = { id: ref, ref, title }
  const text = reason ?? title
  return [
    aRisk(at + 1, now, { text, project, mitigation: path }),
    aDecision(at + 1, at % 2 === 0 ? '2017-02-24' : null, { text, project, askedOf: path }),
    aDependency(at + 1, ref, { text, project }),
    aHeadline(at + 1, { text, onDay: '2017-02-24' }),
  ]
}

function digestOf(planned: Planned): DigestContent {
  const { different, projects } = planned
  const all = Array.from({ length: projects }, (_, at) => ({
    at,
    ref: refAt(at, planned),
    each: different[at % different.length] ?? different[0],
  })).flatMap(({ at, ref, each }) => (each ? [{ at, ref, each }] : []))
  const title = different[0]?.title ?? ''
  const before = digest({
    asAt: '2017-02-20',
    projects: all.map(({ ref, each }) => ({ ref, updates: [{ state: each.before }] })),
  })
  const workstreams = [...new Set(all.map(({ ref }) => ref.split('.')[0] ?? ''))]
  const content = digest(
    {
      programme: { digestNames: true, title },
      workstreams: workstreams.map((ref) => ({ ref, title })),
      projects: all.map(({ ref, each }) => sketchOf(each, ref)),
    },
    before,
    all.flatMap(({ at, ref, each }) => registerOf(each, at, ref)),
  )
  // As in a channel that serves one board: some decisions are asked of others.
  const decisions = content.decisions.map((one, at) => ({ ...one, isOfOthers: at % 3 === 1 }))
  return { ...content, decisions }
}

/** Every text that a platform reads as markup: Teams that of a TextBlock, Slack that of mrkdwn. */
function parsedTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(parsedTexts)
  if (typeof value !== 'object' || value === null) return []
  const { type, text } = value as { readonly type?: unknown; readonly text?: unknown }
  const isParsed = type === 'TextBlock' || type === 'mrkdwn'
  return [
    ...(isParsed && typeof text === 'string' ? [text] : []),
    ...Object.values(value).flatMap(parsedTexts),
  ]
}

function assertFits(card: AdaptiveCard, name: string): void {
  const { blocks } = toMessage(card, name)
  expect(blockProblems(blocks, 'message')).toEqual([])
  expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
  expect(jsonBytes(card)).toBeLessThanOrEqual(28 * 1024)
  const parsed = [...parsedTexts(card.body), ...parsedTexts(blocks)]
  const holds = (text: string) => hostileWords.some((words) => text.includes(words.slice(0, 10)))
  expect(parsed.filter(holds)).toEqual([])
}

/** Every Red and Amber once: as worse, as better, as newly rated or as it was. */
function assertEachOnce({ worse, better, newlyRated, attention, counts }: DigestContent): void {
  const inNeed = new Set(['red', 'amber'])
  const moved = [...worse, ...better].filter(({ to }) => inNeed.has(to))
  const listed = [...moved, ...newlyRated, ...attention.flatMap(({ entries }) => entries)]
  const counted = counts.filter((each) => inNeed.has(each.state))
  expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
  expect(listed.length).toBe(counted.reduce((sum, { count }) => sum + count, 0))
}

/** By what they say: the same entries, however they are divided. */
const told = (entries: readonly Pick<ReturnType<typeof entriesOf>[number], 'title' | 'lines'>[]) =>
  entries.map(({ title, lines }) => JSON.stringify([title, lines])).toSorted()

/**
 * Half a minute of reading, counted otherwise than by the rule that chose: every word of the message as each platform
 * shows it, less those that are titles; and its lines at 390 pixels.
 */
function assertBudget(card: Card): void {
  const { programme, sections, oneLiners } = digestCard.data.parse(card.data)
  const runs = oneLiners.flatMap((list) => list.runs)
  const titles = [
    programme,
    ...sections.flatMap(({ entries }) => entries.map(({ title }) => title)),
    ...runs.flatMap(({ text, weight }) => (weight === 'Bolder' ? [text] : [])),
  ]
  const words = (text: string) => text.split(/\s+/).filter((each) => /[\p{L}\p{N}]/u.test(each))
  const count = (texts: readonly string[]) => texts.flatMap(words).length
  const expanded = expandCard(card)
  const { blocks } = toMessage(expanded, card.name)
  const buttons = 4
  const inTeams = count([renderPlainText(expanded)])
  const inSlack = count(shownTexts(blocks))
  expect(inTeams - count(titles)).toBeLessThanOrEqual(160 + buttons)
  expect(inSlack - count(titles)).toBeLessThanOrEqual(160 + buttons)
  const lines = shownTexts(blocks).join('').split('\n').length
  expect(lines).toBeLessThanOrEqual(1266 / 22)
}

/** Every text that a reader of Slack sees, buttons and headings too. */
function shownTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(shownTexts)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'text' && typeof each === 'string' ? [each] : shownTexts(each),
  )
}

/** What the headings and the last line of the first message count, and what there is. */
function assertCounted(card: Card, sections: readonly Section[]): void {
  const { sections: shown, oneLiners, footer } = digestCard.data.parse(card.data)
  const headings = [...shown, ...oneLiners].map(({ heading }) => heading)
  const numbers = (text: string) =>
    [...text.matchAll(/(?:^|[, ]|and )(\d[\d,]*)(?= )/g)].map(([, number = '']) =>
      Number(number.replaceAll(',', '')),
    )
  const inHeadings = headings.map((text) => Number(/(\d+)(?: shown)?\)(?:: )?$/.exec(text)?.[1]))
  const inFooter = footer.flatMap((line) => numbers(line.replace(/\d+ workstreams?/, '')))
  const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)
  const wanted = sum(sections.map(({ entries }) => entries.length))
  expect(sum(inHeadings) + sum(inFooter)).toBe(wanted)
}

describe('a digest of any text, over 1 to 500 projects', () => {
  test('is within the limits of Slack and Teams in every message, keeps to its budget, and drops nothing without counting it', () => {
    fc.assert(
      fc.property(plans, (planned) => {
        const content = digestOf(planned)
        const cards = paginateDigest(content, '/rag')
        for (const card of cards) assertFits(expandCard(card), card.name)
        const sections = [...buildSections(content, '/rag'), ...workstreamOverview(content)]
        const wanted = sections.flatMap(({ entries }) => [...entries])
        const [root, ...thread] = cards
        assertBudget(root)
        assertCounted(root, buildSections(content, '/rag'))
        expect(told(thread.flatMap(entriesOf))).toEqual(
          told(wanted.map(({ title, lines }) => ({ title, lines: [...lines] }))),
        )
        assertEachOnce(content)
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })

  test('has titles as they were typed', () => {
    fc.assert(
      fc.property(hostile, (title) => {
        const projects = [{ ref: '1.1', title, updates: [{ state: 'red' }] }]
        const [, part] = paginateDigest(digest({ projects }), '/rag')
        expect(part && entriesOf(part)[0]?.title).toContain(title)
      }),
    )
  })
})
