import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { digestKind } from '../../../src/features/digests/message-kinds.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { useDatabase } from '../../support/database.ts'

// Each command is a process of its own.
jest.setTimeout(60_000)

const fresh = useDatabase()
let number: string

beforeAll(async () => {
  const place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const
  const card = { name: 'notice', data: { words: 'a private reason' } }
  await enqueue(
    fresh.db,
    { key: 'k1', kind: digestKind, place, card },
    new Date('2017-02-27T09:00Z'),
  )
  const data = { state: 'dead', error: 'Slack says is_archived.' } as const
  number = String((await fresh.db.outboxMessage.update({ where: { key: 'k1' }, data })).sequence)
})

async function milepost(...words: string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, DATABASE_URL: fresh.url }
  const ran = promisify(execFile)(process.execPath, ['src/app/cli/main.ts', ...words], { env })
  return ran.catch(({ stdout, stderr }) => ({ stdout, stderr }))
}

describe('the ledger from the terminal', () => {
  test('lists, explains, sends again and drops', async () => {
    const { stdout: list } = await milepost('ledger', 'list')
    expect(list).toContain(`No. ${number}: Digest to channel C1`)
    expect(list).toContain('Slack says is_archived.')
    expect(list).not.toContain('a private reason')

    const { stdout: json } = await milepost('ledger', 'explain', number, '--format', 'json')
    expect(JSON.parse(json)).toMatchObject({ number: Number(number), key: 'k1', state: 'dead' })
    expect(json).not.toContain('a private reason')

    await milepost('ledger', 'retry', number)
    expect(await fresh.db.outboxMessage.findUnique({ where: { key: 'k1' } })).toMatchObject({
      state: 'waiting',
      error: null,
    })
    const { stderr: again } = await milepost('ledger', 'retry', number)
    expect(again).toContain(`No. ${number} is waiting, so it is not sent again.`)

    await milepost('ledger', 'drop', number)
    expect(await fresh.db.outboxMessage.findUnique({ where: { key: 'k1' } })).toMatchObject({
      state: 'dropped',
    })
  })
})
