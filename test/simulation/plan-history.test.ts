import { expect, test } from '@jest/globals'
import type { CivilDate } from '../../src/base/dates.ts'
import { useDatabase } from '../support/database.ts'
import { wordsOf } from '../support/programme.ts'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'
import { isDone, KeptProgramme } from './plan-history/kept-programme.ts'
import { firstSheet, randomLine, randomSheet } from './plan-history/steps.ts'

/** `SEED=123 npm test -- test/simulation/plan-history.test.ts` takes the same steps again. */
const { SEED, RUNS = '3' } = process.env
const first = SEED ? Number(SEED) : 1 + Math.floor(Math.random() * 1_000_000)
const runs = SEED ? 1 : Number(RUNS)
const stepsOfRun = 25

const fresh = useDatabase()

test(
  'whatever an office does with its plan, it is on each day what it was, nothing is lost, and what is taken back is as if it had not been',
  async () => {
    for (let seed = first; seed < first + runs; seed += 1) {
      const steps: string[] = []
      try {
        await takeSteps(seededRandom(seed), steps)
      } catch (error) {
        throw new Error(`SEED=${seed}\n${steps.join('\n')}`, { cause: error })
      }
    }
    process.stdout.write(`Plans were kept by SEED=${first} to ${first + runs - 1}\n`)
  },
  runs * 60_000,
)

async function takeSteps(random: SeededRandom, steps: string[]): Promise<void> {
  const kept = await KeptProgramme.begin(fresh.db, firstSheet)
  /** The plan at the end of each day that is over. */
  const days = new Map<CivilDate, string>()
  let sizes = await kept.historySizes()
  for (let count = 0; count < stepsOfRun; count += 1) {
    if (random.happens(0.4)) {
      days.set(kept.today, await kept.planOn(kept.today))
      kept.nextDay(1 + random.below(3))
    }
    await (random.happens(0.15) ? importStep(kept, random, steps) : chatStep(kept, random, steps))
    const now = await kept.historySizes()
    for (const [part, size] of Object.entries(now)) {
      expect({ part, isLess: size < (sizes[part] ?? 0) }).toEqual({ part, isLess: false })
    }
    sizes = now
  }
  for (const [day, plan] of days) expect(await kept.planOn(day)).toBe(plan)
  // Headings alone are no plan to import.
  if (await kept.isEmpty()) return
  steps.push('export')
  const { difference } = await kept.import(await kept.export(), 'plan.csv', true)
  expect({ added: difference.added, changed: difference.changed }).toEqual({
    added: [],
    changed: [],
  })
}

/** Somebody types a line; of what has an Undo button, some is taken back at once, and some of that again. */
async function chatStep(kept: KeptProgramme, random: SeededRandom, steps: string[]): Promise<void> {
  const line = randomLine(random)
  const who = random.happens(0.7) ? kept.office : kept.lead
  const before = await kept.planOn(kept.today, 'without ids')
  const answer = await kept.say(who, line)
  steps.push(
    `${kept.today} ${who.name}: ${line} → ${wordsOf(answer).split('\n').slice(0, 3).join(' / ')}`,
  )
  if (!isDone(answer) || !random.happens(0.5)) return
  const after = await kept.planOn(kept.today, 'without ids')
  const undone = await kept.pressUndo(who, answer)
  if (!undone) return
  steps.push(`  undo → ${wordsOf(undone)}`)
  if (!isDone(undone)) return
  // What takes back a taking back ("undo" in a line) has the redo of that as its button.
  expect(await kept.planOn(kept.today, 'without ids')).toBe(before)
  if (random.happens(0.5)) return
  const redone = await kept.pressUndo(who, undone)
  if (!redone) return
  steps.push(`  redo → ${wordsOf(redone)}`)
  expect(await kept.planOn(kept.today, 'without ids')).toBe(after)
}

/** A sheet comes; some are taken back at once, and some of these are sent again. */
async function importStep(
  kept: KeptProgramme,
  random: SeededRandom,
  steps: string[],
): Promise<void> {
  const sheet = Buffer.from(randomSheet(random))
  const before = await kept.planOn(kept.today, 'without ids')
  const { stored } = await kept.import(sheet, 'sheet.csv')
  steps.push(`${kept.today} import, ${stored ? 'stored' : 'nothing new'}:\n${sheet.toString()}`)
  if (!stored || random.happens(0.4)) return
  const after = await kept.planOn(kept.today, 'without ids')
  const undone = await kept.say(kept.office, 'undo import')
  steps.push(`  undo import → ${wordsOf(undone)}`)
  expect(isDone(undone)).toBe(true)
  expect(await kept.planOn(kept.today, 'without ids')).toBe(before)
  if (random.happens(0.5)) return
  await kept.import(sheet, 'sheet.csv')
  steps.push('  the same sheet again')
  expect(await kept.planOn(kept.today, 'without ids')).toBe(after)
}
