import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { systemClock } from '../../src/base/clock.ts'
import { startPlayground } from '../../src/playground/playground.ts'

/** What stands in the windows of a playground that is started again. */

let folder: string
let keepIn: string
const warnings: string[] = []
const log = {
  info: () => {},
  warn: (_: object, message: string) => {
    warnings.push(message)
  },
  error: () => {},
}
const start = () => startPlayground({ systemClock, log, keepIn })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milepost-windows-'))
  keepIn = join(folder, 'windows.kept')
})
afterAll(() => rm(folder, { recursive: true }))

test('is what stood there, with its files, at the moment that its clock showed', async () => {
  const first = await start()
  const asha = first.people.find(({ name }) => name === 'Asha Verity')
  const [slackUser = '', teamsUser = ''] = [asha?.slack?.user, asha?.teams?.user]
  // Nobody listens for Milepost: the messages stand there all the same.
  first.connect({ botUrl: 'http://127.0.0.1:9', onClockMoved: async () => {} })
  const sheet = { name: 'plan.csv', contentType: 'text/csv', bytes: Buffer.from('Ref,Title') }
  await first.slack.message(slackUser, 'Here is the plan', { files: [sheet] })
  await first.teams.message(teamsUser, 'Good morning').catch(() => {})
  first.clock.moveTo(new Date('2026-03-02T09:00:00Z'))
  const before = [first.slack.snapshot(slackUser), first.teams.snapshot(teamsUser)] as const
  await first.close()

  const second = await start()
  const after = [second.slack.snapshot(slackUser), second.teams.snapshot(teamsUser)] as const
  expect(after[0].conversations).toEqual(before[0].conversations)
  expect(after[1].chat).toEqual(before[1].chat)
  expect(JSON.stringify(after)).toMatch(/Here is the plan.*Good morning/)
  const [file] = after[0].conversations.flatMap(({ messages }) =>
    messages.flatMap(({ files }) => files),
  )
  expect(second.slack.file(file?.id ?? '')?.toString()).toBe('Ref,Title')
  expect(second.clock.now().getTime()).toBeGreaterThanOrEqual(Date.parse('2026-03-02T09:00:00Z'))
  await second.close()
  expect(warnings).toEqual([])
})

test('is nothing where what was kept cannot be read, and the log says so', async () => {
  await writeFile(keepIn, 'not ours')
  const third = await start()
  const [person] = third.people.flatMap(({ slack }) => slack?.user ?? [])
  const { conversations } = third.slack.snapshot(person ?? '')
  expect(conversations.flatMap(({ messages }) => messages)).toEqual([])
  expect(warnings).toEqual(['The windows begin without their messages'])
  await third.close()
})
