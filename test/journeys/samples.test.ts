import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, type Installation, slackUser, startInstallation } from './installation.ts'

/** What the README offers to try in each sample programme. */

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
}, 60_000)
afterAll(async () => {
  await installation?.close()
})

async function says(name: string, text: string, answer: string | RegExp): Promise<void> {
  const user = slackUser(installation, name)
  await user.send(text)
  await eventually(() => expect(user.visibleText()).toMatch(answer))
}

test('an action plan: the first rating, by the post that owns the action', async () => {
  await says('Nerys Calloway', '1.4 green', '1.4 Publish a table of who may decide what')
  await says('Nerys Calloway', '1.1', /Answers recommendation:[\s\S]*Measures:/)
  await says('Nerys Calloway', 'status', 'Green 1, Blue 0 of 28 projects; 27 not rated')
})

test('a quarterly update: a reading, and where the published colour differs from the rule', async () => {
  await says('Sunniva Holme', 'kpi 5 52% for January 2026', /52%[\s\S]*better/)
  await says('Faye Ollerton', 'kpi 2', '▲ Amber by the rule, ● Green as declared')
})

test('a plan on a page: a milestone is done when a second person confirms it', async () => {
  await says('Bryony Tate', 'done 1.3 1', 'It counts as finished when a second person confirms it')
  await says('Lucy Ferndale', 'confirm 1.3 1', 'First two courses held')
  const done = await installation.db.milestoneCompletion.findFirstOrThrow({
    where: { milestone: { project: { ref: '1.3', programme: { key: 'FFC' } } } },
    include: { confirmation: true },
  })
  expect(done.confirmation).not.toBeNull()
})

test('themes with commitments: a grade of its own, and no other', async () => {
  await says('Lennox Pryce', '4.3 amber', 'Inadequate, Requires improvement, Good and Outstanding')
  await says(
    'Lennox Pryce',
    '4.3 requires improvement Four more people are trained green by 30 Jun',
    '4.3 Hold 80% of return talks in 72 hours',
  )
})

test('everybody sees their own programme alone', async () => {
  await says('Nerys Calloway', '8.2', 'There is no project “8.2”')
})

test('no error or warning was logged', () => {
  expect(installation.trouble).toEqual([])
})
