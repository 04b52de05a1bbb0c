import { describe, expect, test } from '@jest/globals'
import { parseCustomStates } from '../../../src/domain/scheme/custom-scheme.ts'
import { colourStyles, stateStyles } from '../../../src/domain/scheme/palette.ts'
import { snapshotScheme } from '../../../src/domain/scheme/scheme-snapshot.ts'
import { brag, customScheme, delivery, rag } from '../../../src/domain/scheme/schemes.ts'

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
const schemes = [rag, brag, delivery, customScheme(parseCustomStates(five))].map((scheme) => {
  const { states, blank } = snapshotScheme(scheme)
  return { key: scheme.key, looks: stateStyles([...states, blank]) }
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
  const greys = Object.values(colourStyles).map(({ fill }) => fill)
  const pairs = greys.flatMap((one, at) =>
    greys.slice(at + 1).map((other) => [one, other] as const),
  )
  for (const [one, other] of pairs) expect(contrast(one, other)).toBeGreaterThan(1.4)
})

test('neighbours on a scale differ most: Red from Amber, Amber from Green', () => {
  expect(contrast(colourStyles.red.fill, colourStyles.amber.fill)).toBeGreaterThan(3)
  expect(contrast(colourStyles.amber.fill, colourStyles.green.fill)).toBeGreaterThan(1.4)
})
