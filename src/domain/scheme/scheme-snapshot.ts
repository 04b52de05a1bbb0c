import { z } from 'zod'
import { colours } from './colour.ts'
import { allStates, goalOf, rag, type Scheme } from './schemes.ts'

/** A state as a digest shows it. */
const stateSnapshot = z.object({
  key: z.string(),
  label: z.string(),
  /** '' in digests that were frozen before letters were stored. */
  letter: z.string().default(''),
  shape: z.string(),
  colour: z.enum(colours),
})
export type StateSnapshot = z.infer<typeof stateSnapshot>

/** The scheme of a digest, frozen with it: the programme may choose another one later. */
const schemeSnapshotObject = z.object({
  /** The key of the worst state. */
  worst: z.string(),
  /** The label of the state where things should be: "Green by …". */
  goal: z.string(),
  states: z.array(stateSnapshot),
  blank: stateSnapshot,
})
export type SchemeSnapshot = z.infer<typeof schemeSnapshotObject>

export function snapshotScheme(scheme: Scheme): SchemeSnapshot {
  const state = ({ key, label, letter, shape, colour }: StateSnapshot) => ({
    ...{ key, label, letter, shape, colour },
  })
  return {
    worst: scheme.states[0]?.key ?? scheme.blank.key,
    goal: goalOf(scheme).label,
    states: allStates(scheme).map(state),
    blank: state(scheme.blank),
  }
}

/** Digests frozen before programmes could choose a scheme used RAG. */
export const schemeSnapshot = schemeSnapshotObject.default(snapshotScheme(rag))

/** Whether two schemes have the same states. Nobody can say which of two states of different schemes is worse. */
export function hasSameStates(one: SchemeSnapshot, other: SchemeSnapshot): boolean {
  const keys = ({ states }: SchemeSnapshot) => states.map(({ key }) => key).join()
  return keys(one) === keys(other)
}

/** A state of it by its key; not rated where there is none such. */
export function stateIn({ states, blank }: SchemeSnapshot, key: string): StateSnapshot {
  return states.find((state) => state.key === key) ?? blank
}

/** "R"; the first letter of the label where no letter was stored. */
export function letterOf({ letter, label }: StateSnapshot): string {
  return letter || label.charAt(0)
}

/** Whether a state is a place on the scale: those that are not have no letter of their own. */
export function isOnScaleIn(scheme: SchemeSnapshot, key: string): boolean {
  return letterOf(stateIn(scheme, key)) !== letterOf(scheme.blank)
}
