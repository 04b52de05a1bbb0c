import { join } from 'node:path'
import { migrate } from '../../src/infra/migrate.ts'
import { createCalmMilepost } from '../simulation/story/calm-milepost.ts'
import { judgeStory } from '../simulation/story/judge.ts'
import { onCopy, prepareStories } from '../simulation/story/prepare.ts'
import { firstMoment, savedHeading, storyUpdate, type Update } from '../simulation/story/story.ts'
import { startBreakablePostgres } from './breakable-postgres.ts'
import { createTemplate } from './create-template.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult } from './report.ts'

/** PostgreSQL is away from before the day's first messages until an hour later: a real one, on a simulated clock. */
export const hourWithoutDatabase: Part = {
  ...{ name: 'hour-away', title: 'an hour without PostgreSQL', share: 0.02 },
  run,
}

const minutesAway = 60

async function run({ folder }: Soak): Promise<PartResult> {
  const postgres = await startBreakablePostgres(join(folder, 'database'))
  const template = await createTemplate(postgres.url)
  await migrate(template)
  const { sample, dueKeys } = await prepareStories(template)
  try {
    return await onCopy(template, async (db) => {
      const milepost = createCalmMilepost(db, sample, firstMoment)
      const began = firstMoment.getTime()
      await milepost.minute()
      await postgres.stop()
      const updates: Update[] = []
      const answers: string[] = []
      const ask = (update: Update) =>
        milepost.run(async ({ handle }) => {
          const words = JSON.stringify((await handle(update.request)).card)
          if (words.includes(savedHeading)) update.isSaved = true
          return words
        })
      for (let minute = 1; minute <= minutesAway; minute += 1) {
        milepost.moveTo(new Date(began + minute * 60_000))
        await milepost.minute()
        if (minute % 5 > 0) continue
        const update = storyUpdate(updates.length + 1)
        updates.push(update)
        answers.push(await ask(update))
      }
      await postgres.start()
      for (let minute = minutesAway + 1; minute <= minutesAway + 15; minute += 1) {
        milepost.moveTo(new Date(began + minute * 60_000))
        await milepost.minute()
      }
      for (const update of updates) await ask(update)
      const verdict = await judgeStory(db, milepost.farSide, updates, dueKeys)
      const asked = answers.filter((words) => words.includes('try again in a minute')).length
      const { messages: enqueued, posted, lost, doubled, possiblySent } = verdict
      return {
        done: `away for ${minutesAway} simulated minutes, over the moment at which reminders and digests were due`,
        messages: { enqueued, posted, lost, doubled, givenUp: 0, possiblySent },
        updates: {
          sent: updates.length,
          answeredSaved: updates.filter(({ isSaved }) => isSaved).length,
          ...{ lost: 0, savedTwice: 0, askedToRepeat: asked },
        },
        faults: [
          ...verdict.faults,
          ...(asked === updates.length
            ? []
            : [`${updates.length - asked} updates were not answered "try again"`]),
        ],
      }
    })
  } finally {
    await postgres.close()
  }
}
