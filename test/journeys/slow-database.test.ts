import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { inTransaction } from '../../src/infra/db.ts'
import {
  type ChatUser,
  type ChatUserOf,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
}, 30_000)
afterAll(async () => {
  await installation?.close()
})

/** Lets go of what a test held. */
let release = async () => {}
afterEach(() => release())

/** From now on nothing can be stored: whoever wants to waits, until `release`. */
async function holdRecords(): Promise<void> {
  const held = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  const holding = inTransaction(installation.db, async (tx) => {
    await tx.$executeRaw`LOCK TABLE "IdempotencyKey" IN EXCLUSIVE MODE`
    held.resolve()
    await done.promise
  })
  release = async () => {
    done.resolve()
    await holding
  }
  await held.promise
}

/** Cuts the connections of all who wait. */
async function cutWhoWaits(): Promise<void> {
  await eventually(async () => {
    const cut = await installation.db.$queryRaw<object[]>`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`
    expect(cut.length).toBeGreaterThan(0)
  })
}

const updates = (ref: string) => installation.db.statusUpdate.count({ where: { project: { ref } } })
const waitingWords = /Got it, working on it|Saving…|Working on it…/

/** What is new in view since `before`. */
const since = (before: readonly string[], user: ChatUser) => {
  const now = user.visibleText()
  return before.reduce((rest, one) => rest.replace(one, ''), now)
}

const both: readonly (readonly [string, ChatUserOf])[] = [
  ['Slack', slackUser],
  ['Teams', teamsUser],
]

describe.each(both)('while nothing can be stored, in %s', (_platform, userOf) => {
  const lead = (): ChatUser => userOf(installation, 'Mei Harrow')

  /** Asks while the records are held: told so within a second and a bit, then the answer, once. */
  async function answeredLater(ask: () => Promise<void>, ref: string, answer: RegExp) {
    const [stored, seen] = [await updates(ref), lead().messages()]
    await holdRecords()
    const began = performance.now()
    const asking = ask()
    await eventually(() => expect(since(seen, lead())).toMatch(waitingWords))
    // A second, and what a busy machine takes for the rest.
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(since(seen, lead())).not.toMatch(answer)
    expect(await updates(ref)).toBe(stored)
    await release()
    await asking
    await eventually(() => expect(since(seen, lead())).toMatch(answer))
    expect(await updates(ref)).toBe(stored + 1)
  }

  test('a command is answered at once that it is in progress, and then with what was saved', async () => {
    await answeredLater(
      () => lead().send('1.3 amber Held up green by 30 Apr'),
      '1.3',
      /Reason: Held up/,
    )
  })

  test('a form is answered in the same way', async () => {
    await lead().send('1.4 red')
    await eventually(() => expect(lead().visibleText()).toMatch(/1\.4 Fair workloads\s+Now:/))
    const filled = { reason: 'Nobody counts it', date: '2026-05-29' }
    await answeredLater(() => lead().submit(filled, 'Save'), '1.4', /Reason: Nobody counts it/)
  })

  test('a command that could not be saved is answered so, and counts once when it is sent again', async () => {
    const [stored, seen] = [await updates('1.5'), lead().messages()]
    await holdRecords()
    const asking = lead().send('1.5 amber Cut off green by 30 Apr')
    await eventually(() => expect(since(seen, lead())).toMatch(waitingWords))
    await cutWhoWaits()
    await asking
    await eventually(() => expect(since(seen, lead())).toMatch(/cannot say that this is saved/))
    await release()
    expect(await updates('1.5')).toBe(stored)
    await lead().send('1.5 amber Cut off green by 30 Apr')
    await eventually(() => expect(since(seen, lead())).toMatch(/Reason: Cut off/))
    expect(await updates('1.5')).toBe(stored + 1)
  })
})
