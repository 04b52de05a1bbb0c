import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { lockedPackages } from './supply-chain/lock-file.ts'
import { longestFiles } from './support/longest-files.ts'

const root = new URL('../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

const step = z.union([
  z.strictObject({ uses: z.string(), with: z.record(z.string(), z.unknown()).optional() }),
  z.strictObject({ run: z.string(), env: z.record(z.string(), z.string()).optional() }),
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

  test('of the tests keeps the screenshots of the page that its run has taken', () => {
    const { jobs } = workflowSchema.parse(parse(read('.github/workflows/ci.yml')))
    const steps = Object.values(jobs).flatMap((job) => job.steps)
    expect(steps).toContainEqual({ run: 'bash .ci/run', env: { SCREENSHOTS: 'screenshots' } })
    expect(steps).toContainEqual({
      uses: 'actions/upload-artifact@v4',
      with: { name: 'screenshots', path: 'screenshots' },
    })
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

describe('the workflow of a release', () => {
  const { on, permissions, runs, actions } = loadWorkflow('release')

  test('runs for a tag of the version alone, after the tests and the audit', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } })
    const [isVersion, ...work] = runs
    expect(isVersion).toMatch(/package\.json.*version.*= "\$GITHUB_REF_NAME"$/)
    expect(work.slice(0, 2)).toEqual(['bash .ci/run', 'npm run audit'])
    expect(work.at(-1)).toMatch(/^gh release create /)
  })

  test('brings the source, its components as CycloneDX, the licences, and a signature of where they were made', () => {
    expect(runs.join('\n')).toContain('git archive ')
    expect(runs).toContain('npm sbom --omit=dev --sbom-format=cyclonedx > release/sbom.cdx.json')
    expect(runs).toContain('npm run -s licences > release/licences.txt')
    expect(actions.slice(-2)).toEqual([
      'actions/attest-build-provenance@v2',
      'actions/attest-sbom@v2',
    ])
  })

  test('may do that and nothing else, and puts nothing of the event into a shell', () => {
    const write = ['contents', 'id-token', 'attestations'].map((what) => [what, 'write'])
    expect(permissions).toEqual(Object.fromEntries(write))
    expect(runs.filter((run) => run.includes('${{'))).toEqual([])
  })
})

test('the licences that a release brings name every package of production, and its text', () => {
  const text = execFileSync(process.execPath, ['deploy/licences.ts'], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  })
  const names = lockedPackages()
    .filter(({ dev }) => !dev)
    .map(({ name }) => name)
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name) => !text.includes(`## ${name} `))).toEqual([])
  expect(text).toContain('## express 5.')
  expect(text).toContain('Permission is hereby granted, free of charge')
})

test('the files that a run begins with are there', () => {
  expect(longestFiles.filter((file) => !existsSync(new URL(file, root)))).toEqual([])
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
