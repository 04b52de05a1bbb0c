import { describe, expect, test } from '@jest/globals'
import { ownStates } from '../../../src/domain/scheme/custom-scheme.ts'
import { colours, looksOf } from '../../../src/domain/scheme/palette.ts'
import { tell } from '../../../src/domain/scheme/scheme-snapshot.ts'
import { brag, delivery, ownScheme, rag } from '../../../src/domain/scheme/schemes.ts'

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

const five =
  'Stalled red, Stuck red, Slipping amber, Wobbling amber, Moving green, Done blue, Parked grey'
const schemes = [rag, brag, delivery, ownScheme(ownStates(five))].map((scheme) => {
  const { states, blank } = tell(scheme)
  return { key: scheme.key, looks: looksOf([...states, blank]) }
})

describe.each(schemes)('the states of $key', ({ looks }) => {
  test('are told apart by their letters, and by their patterns', () => {
    expect(new Set(looks.map(({ mark }) => mark)).size).toBe(looks.length)
    expect(new Set(looks.map(({ pattern }) => pattern)).size).toBe(looks.length)
  })

  test.each(looks.map((look) => [look.label, look] as const))(
    'what is written on %s can be read: 4.5 to 1 at least',
    (_, { fill, ink }) => {
      expect(contrast(fill, ink)).toBeGreaterThanOrEqual(4.5)
    },
  )
})

test('the five colours are five greys', () => {
  const greys = Object.values(colours).map(({ fill }) => fill)
  const pairs = greys.flatMap((one, at) =>
    greys.slice(at + 1).map((other) => [one, other] as const),
  )
  for (const [one, other] of pairs) expect(contrast(one, other)).toBeGreaterThan(1.4)
})

test('neighbours on a scale differ most: Red from Amber, Amber from Green', () => {
  expect(contrast(colours.red.fill, colours.amber.fill)).toBeGreaterThan(3)
  expect(contrast(colours.amber.fill, colours.green.fill)).toBeGreaterThan(1.4)
})
