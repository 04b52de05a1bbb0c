import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import type { ChatIdentity } from '../../src/base/addresses.ts'
import { newId } from '../../src/base/ids.ts'
import { slotNamesIn } from '../../src/chat/command-pattern.ts'
import type { Command } from '../../src/chat/commands.ts'
import { createRouter } from '../../src/chat/router.ts'
import type { HandledRequest } from '../../src/chat/router-options.ts'
import { resolveActorIn } from '../../src/domain/people/identity-store.ts'
import { readSamples } from '../../src/playground/sample.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import { clockAt } from '../support/clock.ts'
import { useDatabase } from '../support/database.ts'
import { platformTitle } from '../support/platforms.ts'
import { seededRandom } from '../support/seeded-random.ts'

/**
 * Forms and buttons carry what a client says they carry. Whatever that is, of whatever type and size, a command answers,
 * or refuses it in words that name the field; "something went wrong" is a fault of ours.
 */

const fresh = useDatabase()
const now = new Date('2026-02-27T09:30:00Z')
const { commands } = buildCommandRegistry()

let office: ChatIdentity
const faults: string[] = []
const handled: HandledRequest[] = []

beforeAll(async () => {
  const samples = (await readSamples()).slice(0, 1)
  await seedSamples(fresh.db, samples, now)
  const { personId } = await fresh.db.membership.findFirstOrThrow({
    where: { role: 'programme_office', person: { identities: { some: {} } } },
  })
  const found = await fresh.db.identity.findFirstOrThrow({ where: { personId } })
  office = { platform: found.platform, tenant: found.tenant, user: found.user }
})
afterAll(() => expect(handled.length).toBeGreaterThan(1000))

const handle = (verb: string, args: Record<string, unknown>, by: 'form' | 'button') =>
  createRouter({
    ...{ db: fresh.db, clock: clockAt(now), commands, platformTitle, resolveActor: resolveActorIn },
    prefix: () => '/rag',
    redraw: async () => undefined,
    countNotifyingRequest: async () => {},
    onError: (error) =>
      faults.push(
        `${verb} ${JSON.stringify(args).slice(0, 200)}: ${error instanceof Error ? error.stack?.split('\n').slice(0, 4).join(' ') : String(error)}`,
      ),
    onHandled: (one) => handled.push(one),
  })({
    key: newId(),
    actor: office,
    place: { platform: 'slack', tenant: office.tenant, conversation: 'D1', kind: 'direct' },
    input: { by, verb, args },
  })

const templates = new URL('../../adaptive-cards/', import.meta.url)
/** Every name that a slot of the grammar or an input of a card has. */
const names = [
  ...new Set([
    ...commands.flatMap(({ patterns }) => patterns.flatMap(({ text }) => slotNamesIn(text))),
    ...readdirSync(templates)
      .filter((file) => !file.endsWith('.sample.json'))
      .flatMap((file) => [
        ...readFileSync(new URL(file, templates), 'utf8').matchAll(/"id": "(\w+)"/g),
      ])
      .map(([, id = '']) => id),
  ]),
]

const odd: readonly unknown[] = [
  ...[null, undefined, true, false, 0, -1, 1.5, 1e21, 2 ** 60, Number.MAX_VALUE],
  ...['', ' ', 'x', '0', '-1', '99999999999999999999', '1e9', '2147483648', '2.1', '__proto__'],
  ...['constructor', 'toString', '\u0000', '\ud800', '2026-02-30', '2026-13-99', '9999-12-31'],
  ...['0000-00-00', '+275760-09-13', '-1-01-01', '24:61', 'NaN', '%', '{{x}}', "'; DROP", '\n\n'],
  ...[newId(), 'x'.repeat(5_000), '9'.repeat(3_000), 'a '.repeat(2_500), '👩‍👩‍👧‍👦'.repeat(400)],
  ...[
    [],
    ['x'],
    [null],
    [['x']],
    {},
    { value: 'x' },
    { toString: 'x' },
    new Array(5_000).fill('x'),
  ],
]

/** What the command's examples say, by the names of its slots. */
function meantBy({ examples, patterns }: Command): Record<string, string>[] {
  return examples.flatMap((example) =>
    patterns.flatMap((pattern) => {
      const found = pattern.match(example)
      return found ? [found] : []
    }),
  )
}

describe.each(commands.map((command, nth) => [command.name, command, nth] as const))(
  '%s',
  (name, command, nth) => {
    test('ends in no fault, whatever its fields hold', async () => {
      faults.length = 0
      const random = seededRandom(nth + 1)
      const samples = [{}, ...meantBy(command)]
      const own = [...new Set(samples.flatMap((sample) => Object.keys(sample)))]
      for (let time = 0; time < 24; time += 1) {
        const args: Record<string, unknown> = { ...samples[random.below(samples.length)] }
        const among = time % 3 === 0 || own.length === 0 ? names : own
        for (let change = 0; change <= random.below(3); change += 1) {
          args[among[random.below(among.length)] ?? ''] = odd[random.below(odd.length)]
        }
        const opensForm = command.form !== undefined && time % 4 === 0
        await handle(opensForm ? `${name}:form` : name, args, time % 2 === 0 ? 'form' : 'button')
      }
      expect(faults).toEqual([])
    })
  },
)

test('a field that holds what no form sends is refused by its name', async () => {
  const { card } = await handle('flag', { project: '2.1', milestone: { value: '1' } }, 'form')
  expect(JSON.stringify(card.data)).toContain('I cannot read what stands in “milestone”.')
  const { card: long } = await handle('flag', { project: 'x'.repeat(4_001) }, 'button')
  expect(JSON.stringify(long.data)).toContain('I cannot read what stands in “project”.')
  const { card: missing } = await handle('ledger-retry', {}, 'button')
  expect(JSON.stringify(missing.data)).toContain('“number” is missing. Nothing was saved.')
})
