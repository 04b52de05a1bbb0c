import type { AdaptiveCard } from './cards.ts'

/** The size of a card, for fitting content to a platform and for the tests of our templates. */
export interface CardSize {
  /** Of its JSON in UTF-8, as Teams counts it. */
  readonly bytes: number
  /** Everything with a type: blocks, containers, columns, runs of text, inputs, buttons. */
  readonly elements: number
  /** Of the texts shown, in UTF-16 units as both platforms count them: text, titles, values, labels. */
  readonly characters: number
  readonly buttons: number
  readonly inputs: number
}

const textProperties = new Set(['text', 'title', 'value', 'label', 'placeholder', 'altText'])

export function measureCard(card: AdaptiveCard): CardSize {
  const parts = [...objectsIn(card.body), ...objectsIn(card.actions ?? [])]
  const types = parts.flatMap(({ type }) => (typeof type === 'string' ? [type] : []))
  const texts = parts.flatMap((part) =>
    Object.entries(part).flatMap(([key, value]) =>
      textProperties.has(key) && typeof value === 'string' ? [value] : [],
    ),
  )
  return {
    bytes: new TextEncoder().encode(JSON.stringify(card)).length,
    elements: types.length,
    characters: texts.reduce((sum, text) => sum + text.length, 0),
    buttons: types.filter((type) => type.startsWith('Action.')).length,
    inputs: types.filter((type) => type.startsWith('Input.')).length,
  }
}

/** Every object in a value, except inside the data that a button carries. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (!isObject(value)) return []
  const { data: _carried, ...rest } = value
  return [value, ...Object.values(rest).flatMap(objectsIn)]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
