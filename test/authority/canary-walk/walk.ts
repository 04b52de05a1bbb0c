import { z } from 'zod'
import { newId } from '../../../src/base/ids.ts'
import { composedIn } from '../../../src/chat/cards.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import type { ShownCard } from './buttons.ts'
import { readable } from './chat-double.ts'
import { perhapsEvent } from './events.ts'
import { leaksTo, readersOf, walkerAt } from './leaks.ts'
import { loadPools, type Pools } from './pools.ts'
import { type Asked, nextAsked, oneOf } from './steps.ts'
import type { Town, Walker } from './town.ts'

/** What came of a walk. */
export interface WalkResult {
  /** What somebody could read who should not have, with what was done before it. */
  readonly leaks: readonly string[]
  /** How many answers began in each way: "Saved", "Not saved". */
  readonly answers: Readonly<Record<string, number>>
  /** How many messages were posted or edited in channels, and in private. */
  readonly shown: { readonly channel: number; readonly direct: number }
}

/** Everybody does this and that, and after each step everything is read that anybody can read. */
export async function walk(town: Town, random: SeededRandom, steps: number): Promise<WalkResult> {
  const memory = createMemory()
  const leaks: string[] = []
  const answers: Record<string, number> = {}
  const shown = { channel: 0, direct: 0 }
  let pools: Pools = new Map()
  for (let step = 0; step < steps; step += 1) {
    if (step % poolSteps === 0) pools = await loadPools(town)
    const event = await perhapsEvent(town, random, step)
    leaks.push(...event.leaks)
    const walker = pickWalker(town, random)
    const asked = nextAsked({ town, random, memory: memory.shown, pools }, walker)
    const reply = await town.chat.handle()({ key: newId(), actor: walker.identity, ...asked })
    if (JSON.stringify(asked.input).includes('language')) await town.resetLanguages()
    town.moveOn(random.happens(0.05) ? random.below(20 * 60) : random.below(10))
    if (random.happens(0.1)) await town.runJobs()

    const done = `${event.what}step ${step}: ${walker.name} asked ${JSON.stringify(asked)}`
    leaks.push(...leaksOfAnswer(town, walker, { reply, asked, done }))
    memory.add(walker, { card: reply.card })
    const heading = headingOf(reply)
    answers[heading] = (answers[heading] ?? 0) + 1
    for (const message of town.chat.take()) {
      shown[message.place.kind] += 1
      leaks.push(
        ...leaksTo(town, readersOf(town, message.place), {
          what: `after ${done}, a message`,
          text: message.text,
        }),
      )
      const reader = walkerAt(town.walkers, message.place.conversation)
      const { language } = composedIn.parse(message.card.data)
      const theirs = message.place.kind === 'channel' ? 'en' : (reader?.language ?? 'en')
      // What was composed before they chose theirs is in English.
      if (language !== theirs && language !== 'en')
        leaks.push(`after ${done}, a message is in ${language}, not ${theirs}: ${message.text}`)
      if (reader) memory.add(reader, { card: message.card, message: message.address })
    }
    for (const text of town.takeLog())
      leaks.push(...leaksTo(town, new Set(), { what: `after ${done}, the log`, text }))
  }
  return { leaks, answers, shown }
}

function leaksOfAnswer(
  town: Town,
  { isIn }: Walker,
  { reply, asked, done }: { readonly reply: Reply; readonly asked: Asked; readonly done: string },
): string[] {
  const text = JSON.stringify(reply) + readable(reply.card)
  return leaksTo(town, isIn, {
    what: `${done}, the answer`,
    text,
    asked: JSON.stringify(asked.input),
  })
}

const headingSchema = z.object({ heading: z.string() })

function headingOf({ kind, card }: Reply): string {
  return kind === 'answer' ? (headingSchema.safeParse(card.data).data?.heading ?? card.name) : kind
}

/** The office may do most, so it does most. */
function pickWalker({ walkers }: Town, random: SeededRandom): Walker {
  const office = walkers.filter(({ name }) => /Office|Colleague|Ben/.test(name))
  const walker = oneOf(random, random.happens(0.35) ? office : walkers)
  if (!walker) throw new Error('There is nobody in the town.')
  return walker
}

/** How many cards each person looks back on. */
const remembered = 12

function createMemory() {
  const shown = new Map<Walker, readonly ShownCard[]>()
  return {
    shown,
    add: (walker: Walker, card: ShownCard) =>
      shown.set(walker, [...(shown.get(walker) ?? []), card].slice(-remembered)),
  }
}

/** After so many steps the ids of new things are read. */
const poolSteps = 25
