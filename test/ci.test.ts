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
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.object({ steps: z.array(step) })),
})

function loadWorkflow(name: string) {
  const { on, permissions, jobs } = workflowSchema.parse(
    parse(read(`.github/workflows/${name}.yml`)),
  )
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  return {
    ...{ on, permissions },
    runs: steps.flatMap((one) => ('run' in one ? [one.run] : [])),
    actions: steps.flatMap((one) => ('uses' in one ? [one.uses] : [])),
  }
}

describe('the GitHub workflow', () => {
  test('of the tests runs .ci/run and nothing else, on every push and pull request', () => {
    const { on, runs } = loadWorkflow('ci')
    expect(on).toEqual({ push: null, pull_request: null })
    expect(runs).toEqual(['bash .ci/run'])
  })

  test('of the audit runs on every push and each night', () => {
    const { on, runs } = loadWorkflow('audit')
    expect(on).toEqual({ push: null, schedule: [{ cron: expect.any(String) }] })
    expect(runs).toEqual(['npm ci', 'npm run audit'])
  })

  test.each(['ci', 'audit'])(
    '%s may read the code only, and pins each action to a version',
    (name) => {
      const { permissions, actions } = loadWorkflow(name)
      expect(permissions).toEqual({ contents: 'read' })
      expect(
        actions.filter((action) => !/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(action)),
      ).toEqual([])
    },
  )
})

test('.ci/run installs, checks and tests, and stops at the first failure', () => {
  const lines = read('.ci/run')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines).toEqual([
    'set -euo pipefail',
    'cd "$(dirname "$0")/.."',
    'npm ci',
    'npm run check',
    'npm test -- --ci',
  ])
})
