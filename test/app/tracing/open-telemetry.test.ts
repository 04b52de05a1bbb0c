import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'
import { runMinute } from '../../../src/app/minute-tasks.ts'
import { createTracing } from '../../../src/app/tracing/open-telemetry.ts'
import { tracedPlatform } from '../../../src/app/tracing/traced-platform.ts'
import { currentTraceparent, step, trace } from '../../../src/base/tracing.ts'
import { RateLimitedError } from '../../../src/chat/port.ts'
import { createDispatcher } from '../../../src/outbox/dispatcher.ts'
import { FakePlatform } from '../../outbox/fake-platform.ts'
import { expand, testCard } from '../../outbox/outbox-fixture.ts'
import { clockAt } from '../../support/clock.ts'
import { chatOn, emptyDatabase, storePeople, storeProgramme } from '../../support/programme.ts'

const fresh = emptyDatabase()
const nothing = () => {}
const log = { info: nothing, warn: nothing, error: nothing }

/** Traces that are kept in memory instead of sent. */
function keptTraces() {
  const spans: ReadableSpan[] = []
  const exporter: SpanExporter = {
    export(some, done) {
      spans.push(...some)
      done({ code: 0 })
    },
    shutdown: async () => {},
  }
  const { tracer, stop } = createTracing({ serviceName: 'milepost', log, exporter })
  const read = async () => {
    await stop()
    return spans
  }
  return { tracer, read }
}

/** "request > transaction > command", of each span that has no further one. */
function branches(spans: readonly ReadableSpan[]): string[] {
  const pathOf = (span: ReadableSpan): string => {
    const above = span.parentSpanContext?.spanId
    if (above === undefined) return span.name
    const parent = spans.find((other) => other.spanContext().spanId === above)
    return `${parent ? pathOf(parent) : 'NOT THERE'} > ${span.name}`
  }
  const parents = new Set(spans.map(({ parentSpanContext }) => parentSpanContext?.spanId))
  return spans.filter((one) => !parents.has(one.spanContext().spanId)).map(pathOf)
}

const attributesOf = (spans: readonly ReadableSpan[], name: string) =>
  spans.filter((span) => span.name === name).map(({ attributes }) => attributes)

describe('a question to a lead', () => {
  test('is one whole trace from the request to the platform, with no word that was written', async () => {
    const { db } = fresh
    const [asha, priya] = await storePeople(db, 'Asha Verity', 'Priya Marlowe')
    const project = { ref: '2.1', title: 'Practice standards', leads: [asha] }
    await storeProgramme(db, { key: 'BCS', office: [priya], projects: [project] })
    const { tracer, read } = keptTraces()
    await chatOn(db, '2017-02-27', { tracer }).ask(priya, 'ask 2.1 Is Nuria’s budget agreed?')
    const slack = new FakePlatform('slack')
    await db.outboxMessage.updateMany({ data: { notBefore: new Date('2017-02-27T12:00:00Z') } })
    await createDispatcher({
      ...{ db, log, tracer, expand, random: () => 0.5 },
      clock: clockAt(new Date('2017-02-27T12:00:00Z')),
      platforms: new Map([['slack', tracedPlatform(slack)]]),
      rateLimits: { slack: { conversation: [], workspace: [], edits: [] } },
    }).dispatchDue()
    const spans = await read()

    expect(slack.posted.length).toBeGreaterThan(0)
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1)
    expect(new Set(branches(spans))).toEqual(
      new Set(['request > transaction > command > outbox message > platform call']),
    )
    expect(attributesOf(spans, 'request')).toEqual([
      {
        ...{ 'milepost.platform': 'slack', 'milepost.asked_by': 'text' },
        ...{ 'milepost.command': 'ask', 'milepost.outcome': 'answered' },
      },
    ])
    expect(attributesOf(spans, 'outbox message')).toContainEqual({
      ...{ 'milepost.message_kind': 'question', 'milepost.platform': 'slack' },
      ...{ 'milepost.attempt': 1, 'milepost.state': 'sent' },
    })
    expect(attributesOf(spans, 'platform call')).toContainEqual({
      ...{ 'milepost.platform': 'slack', 'milepost.call': 'send', 'milepost.status': 'ok' },
    })
    const told = JSON.stringify(
      spans.map(({ name, attributes, events }) => [name, attributes, events]),
    )
    expect(told).not.toMatch(/Nuria|budget|agreed|Asha|Priya|Practice|2\.1|U1|U2|T1|D1/)
  })
})

test('a task that fails tells the class of its error and not its message', async () => {
  const { tracer, read } = keptTraces()
  const failing = { name: 'digests', run: () => Promise.reject(new TypeError('Asha is ill')) }
  await runMinute([failing], { db: fresh.db, clock: clockAt(new Date()), log, tracer })
  const [span] = await read()
  expect(span?.attributes).toEqual({ 'milepost.task': 'digests', 'error.type': 'TypeError' })
  expect(span?.status).toEqual({ code: 2 })
  expect(span?.events).toEqual([])
})

test('a platform that refuses is told by its code', async () => {
  const { tracer, read } = keptTraces()
  const slack = new FakePlatform('slack')
  slack.fail('k', { error: new RateLimitedError(1_000, 'ratelimited'), posted: false })
  const place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const
  const message = { key: 'k', card: testCard }
  const sent = trace(tracer, 'request', {}, () => tracedPlatform(slack).send(place, message))
  await expect(sent).rejects.toThrow(RateLimitedError)
  expect(attributesOf(await read(), 'platform call')).toEqual([
    {
      ...{ 'milepost.platform': 'slack', 'milepost.call': 'send' },
      ...{ 'milepost.status': 'ratelimited', 'error.type': 'RateLimitedError' },
    },
  ])
})

describe('without a collector', () => {
  test('the work runs as if nothing were there', () => {
    const work = Promise.resolve(1)
    expect(trace(undefined, 'request', {}, () => work)).toBe(work)
    expect(step('transaction', {}, () => work)).toBe(work)
    expect(currentTraceparent()).toBeUndefined()
  })
})

describe('with a collector', () => {
  test('spans are sent to it as OTLP, under the name of the service', async () => {
    const bodies: string[] = []
    const collector = createServer(async (request, response) => {
      const chunks = await request.setEncoding('utf8').toArray()
      bodies.push(`${request.method} ${request.url} ${chunks.join('')}`)
      response.setHeader('content-type', 'application/json').end('{}')
    })
    await once(collector.listen(0, '127.0.0.1'), 'listening')
    const address = collector.address()
    const port = typeof address === 'object' ? address?.port : 0
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`
    try {
      const { tracer, stop } = createTracing({ serviceName: 'milepost-test', log })
      await trace(tracer, 'request', { platform: 'slack' }, async () => {})
      await stop()
    } finally {
      delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT
      collector.close()
      collector.closeAllConnections()
    }
    expect(bodies).toHaveLength(1)
    expect(bodies[0]).toMatch(/^POST \/v1\/traces \{"resourceSpans":.*"milepost-test".*"request"/)
  })

  test('one that is away is said in the log, and keeps nothing from stopping', async () => {
    const said: object[] = []
    const exporter: SpanExporter = {
      export: (_, done) => done({ code: 1, error: new Error('ECONNREFUSED') }),
      shutdown: async () => {},
    }
    const warning = { warn: (about: object) => said.push(about) }
    const { tracer, stop } = createTracing({ serviceName: 'milepost', log: warning, exporter })
    await trace(tracer, 'request', {}, async () => {})
    await stop()
    expect(said).toEqual([{ error: 'Error: ECONNREFUSED' }])
  })
})
