import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { createMetrics } from '../../src/app/metrics/metrics.ts'

/** The rules for alerts and the dashboard ask for figures that Milepost has, by labels that these have. */

const read = (file: string) =>
  readFileSync(new URL(`../../deploy/monitoring/${file}`, import.meta.url), 'utf8')

const rulesSchema = z.strictObject({
  groups: z.tuple([
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Milepost[A-Z]\w+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+m$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string(), action: z.string() }),
        }),
      ),
    }),
  ]),
})
const { groups } = rulesSchema.parse(parse(read('rules.yaml')))
const rules = groups[0].rules.map(({ alert, expr, annotations }) => ({ alert, expr, annotations }))

const dashboardSchema = z.looseObject({
  panels: z.array(
    z.looseObject({
      id: z.number(),
      title: z.string(),
      gridPos: z.strictObject({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.looseObject({ expr: z.string(), legendFormat: z.string() })).min(1),
    }),
  ),
})
const { panels } = dashboardSchema.parse(JSON.parse(read('dashboard.json')))

/** The labels of each metric that Milepost serves, by the name that a query uses. */
let metrics: ReadonlyMap<string, readonly string[]>

beforeAll(async () => {
  const outage = { platform: 'slack', tenant: 'T1', errorCode: 'token_revoked' }
  const figures = createMetrics(async () => ({
    counts: [{ platform: 'slack', state: 'sent', count: 1 }],
    lagSeconds: 0,
    outages: [{ ...outage, since: new Date(0), probeAt: new Date(0) }],
  }))
  figures.recordRequest({ platform: 'slack', command: 'update', outcome: 'answered', ms: 1 })
  figures.recordAttempt({ platform: 'slack', kind: 'digest', state: 'sent' })
  figures.recordStrayFault('rejection')
  const lines = [...(await figures.render()).matchAll(/^(milepost_\w+)(?:\{(.*)\})? /gm)]
  metrics = new Map(
    lines.map(([, name = '', labels = '']) => [
      name,
      [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label),
    ]),
  )
})

/** What is wrong with a query: metrics and labels that are not there. */
function problemsOf(expr: string): string[] {
  const names = [...expr.matchAll(/\bmilepost_\w+/g)].map(([name]) => name)
  const labels = names.flatMap((name) => metrics.get(name) ?? [])
  // Prometheus adds these to whatever it reads.
  const known = [...labels, 'job', 'instance']
  const asked = [
    ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/)),
    ...[...expr.matchAll(/[{,]\s*(\w+)\s*(?:=~|!=|=)/g)].map(([, label = '']) => label),
  ]
  return [
    ...names.filter((name) => !metrics.has(name)),
    ...asked.filter((label) => !known.includes(label)),
    ...(expr.split('(').length === expr.split(')').length ? [] : ['its brackets']),
  ]
}

test('a query of what is not there is told', () => {
  expect(problemsOf('max by (colour) (milepost_delivery_lag{shade="x"}')).toEqual([
    'milepost_delivery_lag',
    'colour',
    'shade',
    'its brackets',
  ])
})

describe('the alert', () => {
  test.each(rules)('$alert asks for what there is', ({ expr }) => {
    expect(problemsOf(expr)).toEqual([])
  })

  test.each(rules)('$alert names only labels that its query keeps', ({ expr, annotations }) => {
    const named = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(
      ([, label = '']) => label,
    )
    const kept = /^max by \(([^)]*)\)/.exec(expr)?.[1]?.split(/,\s*/) ?? []
    expect(named.filter((label) => !kept.includes(label))).toEqual([])
  })

  test('is there for each figure that docs/operating.md calls worth one', () => {
    const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')
    const [, worth = ''] = /Worth an alarm: ([^.]*)\./.exec(page.replaceAll('\n', ' ')) ?? []
    expect(worth.split(', ')).toHaveLength(5)
    const asked = rules.map(({ expr }) => expr).join('\n')
    for (const part of [
      /milepost_workspaces_broken.* > 0/,
      /milepost_delivery_lag_seconds\) > 300/,
      /milepost_deliveries\{state=~"dead\|uncertain"\}\) > 0/,
      /milepost_stray_faults_total/,
      /0\.99, .*milepost_command_seconds_bucket.* > 1\b/,
    ]) {
      expect(asked).toMatch(part)
    }
  })
})

describe('the dashboard', () => {
  test.each(panels)('$title asks for what there is', ({ targets }) => {
    for (const { expr, legendFormat } of targets) {
      expect(problemsOf(expr)).toEqual([])
      const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label)
      const kept = /\bby \(([^)]*)\)/.exec(expr)?.[1]?.split(/,\s*/) ?? ['instance']
      expect(named.filter((label) => !kept.includes(label))).toEqual([])
    }
  })

  test('lays no panel over another', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true)
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  })

  test('shows every figure of ours', () => {
    const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n')
    const ours = [...metrics.keys()]
      .filter((name) => !/^milepost_(process|nodejs)_/.test(name))
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
    expect(new Set(ours).size).toBeGreaterThan(5)
    expect([...new Set(ours)].filter((name) => !asked.includes(name))).toEqual([])
  })
})
