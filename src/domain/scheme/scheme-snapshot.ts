import { z } from 'zod'
import { colours } from '../programme/settings.ts'
import { goalOf, rag, type Scheme, sayable } from './schemes.ts'

/** A state as a digest shows it. */
const stateTold = z.object({
  key: z.string(),
  label: z.string(),
  /** '' where it was frozen before digests told it. */
  letter: z.string().default(''),
  shape: z.string(),
  colour: z.enum(colours),
})
export type StateTold = z.infer<typeof stateTold>

/** The scheme that a digest spoke in, kept with it: a programme may choose another one later. */
const told = z.object({
  /** The key of the worst state. */
  worst: z.string(),
  /** The label of the state where things should be: "Green by …". */
  goal: z.string(),
  states: z.array(stateTold),
  blank: stateTold,
})
export type SchemeTold = z.infer<typeof told>

export function tell(scheme: Scheme): SchemeTold {
  const state = ({ key, label, letter, shape, colour }: StateTold) => ({
    ...{ key, label, letter, shape, colour },
  })
  return {
    worst: scheme.states[0]?.key ?? scheme.blank.key,
    goal: goalOf(scheme).label,
    states: sayable(scheme).map(state),
    blank: state(scheme.blank),
  }
}

/** Digests that were frozen before programmes could choose spoke in RAG. */
export const schemeTold = told.default(tell(rag))

/** A state of it by its key; not rated where there is none such. */
export function stateIn({ states, blank }: SchemeTold, key: string): StateTold {
  return states.find((state) => state.key === key) ?? blank
}

/** "R"; of a scheme that was told without letters the first one of its label. */
export function letterOf({ letter, label }: StateTold): string {
  return letter || label.charAt(0)
}
