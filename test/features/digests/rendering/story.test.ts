import { existsSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { newId } from '../../../../src/base/ids.ts'
import { type AdaptiveCard, expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import { loadPlan } from '../../../../src/domain/plan/store.ts'
import { postDigests } from '../../../../src/features/digests/posting/publish.ts'
import { importPlan } from '../../../../src/features/imports/import-plan.ts'
import { inTransaction } from '../../../../src/infra/db.ts'
import { toMessage } from '../../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../../src/playground/slack/limits.ts'
import { cardProblems } from '../../../../src/playground/teams/limits.ts'
import { clockAt } from '../../../support/clock.ts'
import { platformTitle } from '../../../support/platforms.ts'
import {
  type Chat,
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  wordsOf,
} from '../../../support/programme.ts'
import {
  firstHeadings,
  type Round,
  type Step,
  storyOf,
  threadHeadingsOf,
} from '../../../support/sample-rounds.ts'

/** A programme of 47 projects through four rounds, as its channel reads it. */

const database = emptyDatabase()
const board = { ...direct, conversation: 'C1', kind: 'channel' as const }

const sample = new URL('../../../../src/playground/sample/plan.csv', import.meta.url)
/** A published plan, where somebody has put one there. */
const published = new URL('../../../../../shared/plans/worcestershire-2017.csv', import.meta.url)
const plans = [
  {
    name: 'our own sample',
    file: sample,
    asOf: '2026-02-27',
    firstMonday: '2026-03-02',
    tellsFinished: true,
  },
  {
    name: 'a published plan',
    file: published,
    asOf: '2017-02-24',
    firstMonday: '2017-02-27',
    tellsFinished: false,
  },
].filter(({ file }) => existsSync(file))

/** What the channel reads after the last round: the first message and its thread. */
async function live({ file, asOf, firstMonday }: (typeof plans)[number]): Promise<Told> {
  const { db } = database
  const now = new Date(`${asOf}T12:00:00Z`)
  const programmeId = newId()
  const named = { key: 'P1', title: 'Better Together' }
  await db.programme.create({ data: { id: programmeId, ...named, createdAt: now } })
  const asked = { programme: { key: 'P1' }, asOf: civilDate(asOf), dryRun: false, accept: true }
  const sheet = { bytes: readFileSync(file), fileName: 'plan.csv' }
  await inTransaction(db, (tx) => importPlan(tx, { ...sheet, ...asked }, now))
  const [priya] = await storePeople(db, 'Priya Marlowe')
  const role = 'programme_office' as const
  await db.membership.create({ data: { programmeId, personId: priya.id, role } })
  const text = 'digest here weekly monday 09:00'
  await chatOn(db, asOf).ask(priya, { input: { by: 'text', text }, place: board })
  await post(firstMonday)
  const plan = await loadPlan(db, programmeId, civilDate(firstMonday))
  const rounds = storyOf(plan, civilDate(firstMonday))
  for (const round of rounds) {
    await answer(chatOn(db, round.day), priya, round.steps)
    await post(round.digestOn)
  }
  const last = rounds.at(-1)
  if (!last) throw new Error('A story without a round')
  const key = { startsWith: `digest:${programmeId}:${last.digestOn}:` }
  const rows = await db.outboxMessage.findMany({ where: { key }, orderBy: { sequence: 'asc' } })
  const cards = rows.map(({ card, data }) => expandCard({ name: card, data }))
  const [root = '', ...thread] = cards.map(renderPlainText)
  return { round: last, cards, root, thread }
}

interface Told {
  readonly round: Round
  readonly cards: readonly AdaptiveCard[]
  readonly root: string
  readonly thread: readonly string[]
}

function post(day: string): Promise<string[]> {
  const error = (fields: object, message: string) => {
    throw new Error(`${message} ${JSON.stringify(fields)}`)
  }
  return postDigests({
    db: database.db,
    clock: clockAt(new Date(`${day}T11:00:00Z`)),
    prefix: () => '/rag',
    platformTitle,
    log: { info: () => {}, warn: error, error },
  })
}

async function answer(chat: Chat, who: StoredPerson, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const reply =
      'say' in step
        ? await chat.ask(who, step.say)
        : await chat.submit(who, 'update', { ...step.form })
    const words = wordsOf(reply)
    // A plan that lacks a milestone of the story is told otherwise; what is refused would be a gap in it.
    if (!/^(Saved|Nothing to change)/.test(words)) {
      throw new Error(`${JSON.stringify(step)} was answered with: ${words}`)
    }
  }
}

describe.each(plans)('after four rounds of $name, the digest', (plan) => {
  let told: Told
  beforeEach(async () => {
    told = await live(plan)
  }, 60_000)

  test('has every kind of line, in the order in which it is read, and fits both platforms', () => {
    const { root, round, cards } = told
    const headings = root.split('\n').flatMap((line) => /^(.+) \([^()]*\d\)$/.exec(line)?.[1] ?? [])
    expect(headings).toEqual(firstHeadings)
    const inThread = new Set(told.thread.join('\n').split('\n'))
    expect(threadHeadingsOf(round).filter((one) => !inThread.has(one))).toEqual([])
    for (const card of cards) {
      expect(blockProblems(toMessage(card).blocks, 'message')).toEqual([])
      expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
    }
    assertSaid(root)
    // Longer titles leave less room for what is better, and none for what is finished.
    expect(root).toContain('\nBetter (1 of 2 shown): 4.3 ')
    if (plan.tellsFinished) expect(root).toMatch(/^Finished \(.+\): /m)
    else expect(told.thread.join('\n')).toContain('\nFinished\n')
    assertThread(told)
  })
})

/** What a stranger is to see in half a minute: what is to be decided, what is worse or late, and whose it is. */
function assertSaid(root: string): void {
  const lines = [
    /^Since Mon .+2 dates moved\.$/m,
    /^43 of 47 projects updated this round\.$/m,
    /^Decision 2: .+ {2}.+; needed from the lead member by .+$/m,
    /^Decided \(1\): Decision 1, Whether .+ · Yes, in May$/m,
    /^1\.5 .+ {2}◆ Red, from Amber\. .+: Both tutors withdrew/m,
    /^\d\.\d .+ {2}\d\. .+: \d+ days? overdue$/m,
    /^In the thread: all of this in full, 8 workstreams, \d still Red and \d+ other entries\.$/m,
  ]
  for (const line of lines) expect(root).toMatch(line)
  expect(root).not.toContain('No way back')
}

function assertThread({ thread }: Told): void {
  const [overview = ''] = thread
  const lines = [
    /^6 .+ {2}◆ Red for 2 rounds \(R, was R A A\): Red 1, Amber 3, Green 5$/m,
    /^1\.5 .+ {2}◆ Red, worse, from Amber \(R, was A A A\)\nBoth tutors withdrew.*\nBack to Green by .+: two tutors/m,
    /^2\.4 .+ {2}▲ Amber, worse, from Green \(A, was G G G\)$/m,
    /^4\.3 .+ {2}● Green, better, from Amber \(G, was A A A\)$/m,
    /^8\.4 .+\n3\. .+: was due /m,
    /^1\. .+: was .+, moved twice, now .+: The figures came back wrong$/m,
    /^1\.7 .+ {2}◆ Red for 5 rounds \(R, was R R R\)$/m,
    /^Needed by .+, from: the lead member$/m,
    /^2\.6 .+ {2}● Green for 5 rounds \(G, was G G G\), unconfirmed\nLast update 31 days ago, on Fri /m,
    /^Not listed: 1\d Greens unchanged \(\/rag projects green\); /m,
    /^Digest 5 · data .+ · RAG as at .+ · issued /m,
  ]
  for (const line of lines) expect(thread.join('\n')).toMatch(line)
  expect(overview).toContain('Workstreams')
  // A channel takes one message a second.
  expect(thread.length).toBeLessThanOrEqual(5)
  const workstreams = thread.flatMap((part) => [...part.matchAll(/\n(\d) .+: Red \d/g)])
  expect([...new Set(workstreams.map(([, ref]) => ref))]).toEqual([...'12345678'])
}
