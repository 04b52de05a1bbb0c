import { expect, test } from '@jest/globals'
import { seededRandom } from '../../support/seeded-random.ts'
import { openTown } from './town.ts'
import { walk } from './walk.ts'

/** The same seed makes the same choices again: WALK_SEED=… npm test -- test/authority/canary-walk */
const seed = Number(process.env.WALK_SEED ?? Date.now() % 1_000_000)
const steps = 1_000

test('a thousand steps show nobody a word of a programme that is not theirs, nor a message in the language of somebody else', async () => {
  process.stdout.write(`The canary walk goes by WALK_SEED=${seed}\n`)
  const random = seededRandom(seed)
  const town = await openTown(random.next)
  try {
    const { leaks, answers, shown } = await walk(town, random, steps)
    expect(leaks.slice(0, 5)).toEqual([])
    // Where hardly anything is done or sent, nothing can be seen. Most commands are the office's, or ask for something
    // that is not there: about a twelfth is saved.
    expect(answers.Saved).toBeGreaterThan(steps / 20)
    expect(answers['Not saved']).toBeLessThan(steps * 0.7)
    expect(answers.form).toBeGreaterThan(steps / 50)
    // How many messages go out meanwhile depends on how fast the machine is: the jobs run in real time.
    expect(shown.direct).toBeGreaterThan(5)
    expect(shown.channel).toBeGreaterThan(0)
  } finally {
    await town.close()
  }
}, 300_000)
