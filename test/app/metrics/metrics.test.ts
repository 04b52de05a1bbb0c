import { once } from 'node:events'
import { request as sendRequest } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import { createMetrics } from '../../../src/app/metrics/metrics.ts'
import { serveMetrics } from '../../../src/app/metrics/server.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { digestKind } from '../../../src/features/digests/message-kinds.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { readOutboxMetrics } from '../../../src/outbox/statistics.ts'
import { useDatabase } from '../../support/database.ts'

const now = new Date('2026-03-02T09:00:00Z')
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const noFigures = async () => ({ counts: [], lagSeconds: 0, outages: [] })

const fresh = useDatabase()

describe('the metrics of this process', () => {
  test('time each command by its name and outcome', async () => {
    const metrics = createMetrics(noFigures)
    const update = { platform: 'slack', command: 'update', outcome: 'answered' } as const
    metrics.recordRequest({ ...update, ms: 40 })
    metrics.recordRequest({ ...update, ms: 900 })
    const text = await metrics.render()
    const labels = 'platform="slack",command="update",ending="answered"'
    expect(text).toContain(`milepost_command_seconds_count{${labels}} 2`)
    expect(text).toContain(`milepost_command_seconds_bucket{le="0.05",${labels}} 1`)
    expect(text).toContain(`milepost_command_seconds_bucket{le="1",${labels}} 2`)
  })

  test('count attempts by the state of the message afterwards', async () => {
    const metrics = createMetrics(noFigures)
    metrics.recordAttempt({ platform: 'teams', kind: 'digest', state: 'waiting' })
    metrics.recordAttempt({ platform: 'teams', kind: 'digest', state: 'sent' })
    expect(await metrics.render()).toContain(
      'milepost_delivery_attempts_total{platform="teams",kind="digest",state="waiting"} 1',
    )
  })
})

test('stray faults are counted by their kind', async () => {
  const metrics = createMetrics(noFigures)
  metrics.recordStrayFault('rejection')
  expect(await metrics.render()).toContain('milepost_stray_faults_total{fault="rejection"} 1')
})

describe('the metrics of the outbox', () => {
  test('count messages by state, and how long the oldest due one has waited', async () => {
    const place = { platform: 'slack', tenant: 'T', conversation: 'C', kind: 'channel' } as const
    const card = noticeCard({ heading: 'Said', lines: ['in words of ours'], buttons: [] })
    const said = (key: string, at: Date, notBefore = at) =>
      enqueue(fresh.db, { key, kind: digestKind, place, card, notBefore }, at)
    await said('due', secondsAgo(90))
    await said('due too', secondsAgo(30))
    await said('later', secondsAgo(30), new Date(now.getTime() + 60_000))
    await said('long ago', secondsAgo(3 * 24 * 60 * 60))
    await fresh.db.outboxMessage.update({ where: { key: 'long ago' }, data: { state: 'dead' } })
    expect(await readOutboxMetrics(fresh.db, now)).toEqual({
      counts: [{ platform: 'slack', state: 'waiting', count: 3 }],
      lagSeconds: 90,
      outages: [],
    })
  })
})

test('workspaces that refuse Milepost are counted by what the platform says', async () => {
  const outage = { platform: 'slack', errorCode: 'slack:token_revoked', since: now, probeAt: now }
  const outages = ['T1', 'T2'].map((tenant) => ({ ...outage, tenant }))
  const metrics = createMetrics(async () => ({ ...(await noFigures()), outages }))
  const text = await metrics.render()
  expect(text).toContain(
    'milepost_workspaces_broken{platform="slack",code="slack:token_revoked"} 2',
  )
})

describe('the port of the metrics', () => {
  test('serves them in the text format, without recipients or content', async () => {
    const metrics = createMetrics(() => readOutboxMetrics(fresh.db, now))
    const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0, log: quiet })
    const response = await fetch(`http://127.0.0.1:${server.port}/metrics`)
    const text = await response.text()
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(text).toContain('milepost_deliveries{platform="slack",state="waiting"} 3')
    expect(text).not.toMatch(/words of ours|"C"/)
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(404)
    await server.close()
  })

  test('on loopback does not serve a web page whose name was pointed at this machine', async () => {
    const metrics = createMetrics(noFigures)
    const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0, log: quiet })
    const url = `http://127.0.0.1:${server.port}/metrics`
    const asked = sendRequest(url, { headers: { host: 'evil.example' } }).end()
    const [response] = await once(asked, 'response')
    expect(response.resume().statusCode).toBe(403)
    await server.close()
  })

  test('says 503 where the database is away, and goes on', async () => {
    const metrics = createMetrics(() => Promise.reject(new Error('away')))
    const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0, log: quiet })
    expect((await fetch(`http://127.0.0.1:${server.port}/metrics`)).status).toBe(503)
    await server.close()
  })
})
