import { type Pattern, patterns, type StateStyle } from '../../base/charts/chart.ts'
import type { Colour } from './colour.ts'
import { letterOf, type StateSnapshot } from './scheme-snapshot.ts'

/**
 * Light and dark take turns down the scale, so that neighbours differ in grey as well: Red is dark, Amber bright,
 * Green in between, Blue darker again.
 */
export const colourStyles: Readonly<Record<Colour, Pick<StateStyle, 'fill' | 'ink' | 'pattern'>>> =
  {
    red: { fill: '#9b1c1c', ink: '#ffffff', pattern: 'plain' },
    amber: { fill: '#ffc145', ink: '#111111', pattern: 'diagonal' },
    green: { fill: '#5bb98b', ink: '#111111', pattern: 'dots' },
    blue: { fill: '#4f8bd0', ink: '#111111', pattern: 'squares' },
    grey: { fill: '#f4f4f4', ink: '#111111', pattern: 'upright' },
  }

/** The looks of states in their order: no pattern twice, whatever colours a programme chose for its own scheme. */
export function stateStyles(states: readonly StateSnapshot[]): StateStyle[] {
  const free = new Set<Pattern>(patterns)
  return states.map((state) => {
    const { key, label, letter, shape } = state
    const look = colourStyles[state.colour]
    const pattern = free.has(look.pattern) ? look.pattern : ([...free][0] ?? look.pattern)
    free.delete(pattern)
    return { state: key, label, mark: letter === '–' ? shape : letterOf(state), ...look, pattern }
  })
}
