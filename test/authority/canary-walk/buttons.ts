import { z } from 'zod'
import type { Address } from '../../../src/base/addresses.ts'
import { type Card, expandCard } from '../../../src/chat/cards.ts'
import type { ChatInput } from '../../../src/chat/request.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'

/** A card that somebody saw; `message`: where it stands, if it is a message. */
export interface ShownCard {
  readonly card: Card
  readonly message?: Address | undefined
}

type Press = Extract<ChatInput, { by: 'button' | 'form' }>

const actionSchema = z.object({
  type: z.literal('Action.Execute'),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
})
const inputSchema = z.object({
  type: z.enum(['Input.Text', 'Input.Date', 'Input.ChoiceSet']),
  id: z.string(),
  choices: z.array(z.object({ value: z.string() })).default([]),
})
type Input = z.infer<typeof inputSchema>

/** Everything that can be pressed on a card; a form comes filled in, with `word` in every text. */
export function buttonsOf(card: Card, random: SeededRandom, word: string): Press[] {
  const parts = partsOf(expandCard(card))
  const inputs = parts.flatMap((part) => inputSchema.safeParse(part).data ?? [])
  const filled = Object.fromEntries(inputs.map((input) => [input.id, fill(input, random, word)]))
  const by = inputs.length > 0 ? ('form' as const) : ('button' as const)
  return parts
    .flatMap((part) => actionSchema.safeParse(part).data ?? [])
    .map(({ verb, data }) => ({ by, verb, args: { ...data, ...filled } }))
}

function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(partsOf)]
}

function fill({ type, id, choices }: Input, random: SeededRandom, word: string): string {
  if (type === 'Input.ChoiceSet') return choices[random.below(choices.length)]?.value ?? ''
  if (type === 'Input.Date') return '2017-06-30'
  if (/date/i.test(id)) return '30 Jun 2017'
  if (/value/i.test(id)) return `${random.below(100)}%`
  return `The ${word} is late`
}
