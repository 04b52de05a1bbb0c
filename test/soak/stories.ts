import { join } from 'node:path'
import { migrate } from '../../src/infra/migrate.ts'
import { onCopy, prepareStories } from '../simulation/story/prepare.ts'
import { tellStory } from '../simulation/story/story.ts'
import { startBreakablePostgres } from './breakable-postgres.ts'
import { createTemplate } from './create-template.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult } from './report.ts'

/** The stories of test/simulation/story.test.ts, by the thousand. */
export const stories: Part = { name: 'stories', title: 'simulated days', share: 0.1, run }

async function run({ folder, seed, amounts, isOver, note }: Soak): Promise<PartResult> {
  const postgres = await startBreakablePostgres(join(folder, 'database'))
  const template = await createTemplate(postgres.url)
  await migrate(template)
  const prepared = await prepareStories(template)
  const sum = { stories: 0, crashes: 0, freezes: 0, updates: 0, saved: 0, steps: 0 }
  const messages = { enqueued: 0, posted: 0, lost: 0, doubled: 0, givenUp: 0, possiblySent: 0 }
  const faults: string[] = []
  for (let each = seed * 10_000; sum.stories < amounts.seeds && !isOver(); each += 1) {
    const end = await onCopy(template, (db) => tellStory(db, prepared, each))
    sum.stories += 1
    sum.crashes += end.crashes
    sum.freezes += end.freezes
    sum.updates += end.updates.length
    sum.saved += end.updates.filter(({ isSaved }) => isSaved).length
    sum.steps += end.lines.length
    messages.enqueued += end.messages
    for (const what of ['posted', 'lost', 'doubled', 'possiblySent'] as const)
      messages[what] += end[what]
    if (end.faults.length > 0) {
      note(`the story of seed ${each}:\n${end.lines.join('\n')}`)
      faults.push(...end.faults.map((fault) => `SEED=${each}: ${fault}`))
    }
  }
  await postgres.close()
  const counted = Object.fromEntries(
    Object.entries(sum).map(([what, amount]) => [what, amount.toLocaleString('en-GB')]),
  )
  return {
    done: `${counted.stories} Mondays of rules, dispatcher and both adapters on a simulated network, clock and disk: ${counted.steps} steps, ${counted.crashes} crashes, ${counted.freezes} freezes`,
    messages,
    updates: {
      ...{ sent: sum.updates, answeredSaved: sum.saved, lost: 0, savedTwice: 0 },
      askedToRepeat: 0,
    },
    faults,
  }
}
