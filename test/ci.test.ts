import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'

const root = new URL('../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

const step = z.union([
  z.strictObject({ uses: z.string(), with: z.record(z.string(), z.unknown()).optional() }),
  z.strictObject({ run: z.string() }),
])
const workflow = z
  .object({
    on: z.record(z.string(), z.unknown()),
    permissions: z.record(z.string(), z.string()),
    jobs: z.record(z.string(), z.object({ steps: z.array(step) })),
  })
  .parse(parse(read('.github/workflows/ci.yml')))
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)

describe('the GitHub workflow', () => {
  test('runs on every push and every pull request, whatever the branch', () => {
    expect(workflow.on).toEqual({ push: null, pull_request: null })
  })

  test('runs .ci/run and nothing else', () => {
    expect(steps.flatMap((one) => ('run' in one ? [one.run] : []))).toEqual(['bash .ci/run'])
  })

  test('may read the code only, and pins each action to a version', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    const actions = steps.flatMap((one) => ('uses' in one ? [one.uses] : []))
    expect(
      actions.filter((action) => !/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(action)),
    ).toEqual([])
  })
})

test('.ci/run installs, checks, audits and tests, and stops at the first failure', () => {
  const lines = read('.ci/run')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines).toEqual([
    'set -euo pipefail',
    'cd "$(dirname "$0")/.."',
    'npm ci',
    'npm run check',
    'npm run audit',
    'npm test -- --ci',
  ])
})
