import { z } from 'zod'
import type { Place } from '../../../src/base/addresses.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import { type Question, questionsOf } from '../matrix/ask.ts'
import { askings } from '../matrix/requests.ts'
import { type Things, usualWord } from '../matrix/things.ts'
import { buttonsOf, type ShownCard } from './buttons.ts'
import type { Pools } from './pools.ts'
import type { Town, Walker } from './town.ts'

/** What somebody asks next. */
export type Asked = Pick<ChatRequest, 'input' | 'place' | 'message' | 'directPlace'>

/** What everybody was shown lately, the latest last. */
export type Memory = ReadonlyMap<Walker, readonly ShownCard[]>

interface Choosing {
  readonly town: Town
  readonly random: SeededRandom
  readonly memory: Memory
  /** Ids of each kind that there are by now, by programme. */
  readonly pools: Pools
}

export const privatePlaceOf = ({ identity: { platform, tenant, user } }: Walker): Place => ({
  ...{ platform, tenant, conversation: `D${user}`, kind: 'direct' },
})

/** Commands, buttons they were shown, buttons others were shown, and references that are not theirs or are misspelt. */
export function nextAsked(choosing: Choosing, walker: Walker): Asked {
  const { random } = choosing
  if (random.happens(0.35)) {
    const whose = random.happens(0.3) ? oneOf(random, choosing.town.walkers) : walker
    const pressed = pressSomething(choosing, walker, whose ?? walker)
    if (pressed) return pressed
  }
  return sayCommand(choosing, walker)
}

/** In their own words nobody names another programme; whoever is in both, or in none, names none. */
function wordOf({ isIn }: Walker): string {
  const [only, second] = isIn
  return only !== undefined && second === undefined ? only : usualWord
}

function sayCommand(choosing: Choosing, walker: Walker): Asked {
  const { town, random } = choosing
  const { own, other } = sidesOf(town, random, walker)
  const { at, input, command } = pickQuestion(choosing, random.happens(0.3) ? other : own, walker)
  // Whoever orders a digest decides which channel gets it; everything else may be asked anywhere.
  if (command.name === 'digest-here') return { input, place: own.channel }
  const place = at?.place ?? placeOf(random, town, walker)
  const messages = [own.digest, other.digest, own.asked, other.asked]
  const message = random.happens(0.2) ? oneOf(random, messages) : at?.message
  return { input, place, message, ...directly(walker, place) }
}

/** Whoever is in both, or in none, takes now this programme and now that for their own. */
function sidesOf({ programmes }: Town, random: SeededRandom, { isIn }: Walker) {
  const [north, south] = programmes.map(({ things }) => things)
  if (!north || !south) throw new Error('There are two programmes.')
  const isOfNorth = isIn.size === 1 ? isIn.has(north.canary) : random.happens(0.5)
  return isOfNorth ? { own: north, other: south } : { own: south, other: north }
}

function pickQuestion({ random, pools }: Choosing, usual: Things, walker: Walker): Question {
  const pooled = random.happens(0.5) ? oneOf(random, pools.get(usual.canary) ?? []) : {}
  const things = { ...usual, ...pooled, word: wordOf(walker) }
  const asking = oneOf(random, Object.values(askings))
  const asked = asking?.(random.happens(0.15) ? misspelt(random, things) : things)
  const question = asked && oneOf(random, questionsOf(asked))
  if (!question) throw new Error('Everything in requests.ts can be asked in some way.')
  return question
}

const directly = (walker: Walker, place: Place) =>
  place.kind === 'direct' ? { directPlace: privatePlaceOf(walker) } : {}

function placeOf(random: SeededRandom, { programmes }: Town, walker: Walker): Place {
  if (random.happens(0.7)) return privatePlaceOf(walker)
  return oneOf(random, programmes)?.things.channel ?? privatePlaceOf(walker)
}

/** A letter of each name is left out. */
function misspelt(random: SeededRandom, things: Things): Things {
  const without = (text: string) => {
    const at = random.below(text.length)
    return text.slice(0, at) + text.slice(at + 1)
  }
  const { key, viewer, deputy, awayLead } = things
  return {
    ...things,
    ...{ key: without(key), viewer: without(viewer) },
    ...{ deputy: without(deputy), awayLead: without(awayLead) },
  }
}

function pressSomething(
  { town, random, memory }: Choosing,
  walker: Walker,
  whose: Walker,
): Asked | undefined {
  const shown = oneOf(random, memory.get(whose) ?? [])
  const button = shown && oneOf(random, buttonsOf(shown.card, random, wordOf(walker)))
  if (!shown || !button) return undefined
  const place = shown.message?.place ?? privatePlaceOf(walker)
  const canaries = town.programmes.map(({ things }) => things.canary)
  return {
    place,
    ...directly(walker, place),
    message: shown.message,
    input: { ...button, args: inOwnWords(button.args, canaries, wordOf(walker)) },
  }
}

/** What others wrote may stand in their buttons: whoever presses one says it in words of their own. */
function inOwnWords(
  args: Readonly<Record<string, unknown>>,
  canaries: readonly string[],
  word: string,
): Record<string, unknown> {
  const pattern = new RegExp(canaries.join('|'), 'giu')
  const text = JSON.stringify(args).replaceAll(pattern, (found) =>
    found === found.toUpperCase() ? word.toUpperCase() : word,
  )
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
}

export function oneOf<T>(random: SeededRandom, all: readonly T[]): T | undefined {
  return all[random.below(all.length)]
}
