import { projectRef, projectWorkstream, workstreamRef } from '../../domain/plan/fields.ts'
import { reviseField } from '../../domain/plan/revise.ts'
import type { PlanDiff } from './diff-types.ts'
import { type ImportContext, projectIdsByRef, workstreamIdsByRef } from './import-context.ts'
import { allocateRef } from './resolve-refs.ts'
import { revisionDetails } from './set-imported.ts'

/** Gives workstreams and projects the numbers that a sheet has for them now, with their history. */
export async function applyRenumbering(to: ImportContext, difference: PlanDiff): Promise<void> {
  for (const [what, field, ids] of [
    ['workstream', workstreamRef, await workstreamIdsByRef(to)],
    ['project', projectRef, await projectIdsByRef(to)],
  ] as const) {
    const wanted = difference.changed.flatMap((one) =>
      one.what === what && one.field === 'number' && one.from && one.to
        ? [{ from: one.from, to: one.to }]
        : [],
    )
    for (const step of stepsOf(wanted, [...ids.keys()])) {
      const id = ids.get(step.of)
      if (id) await reviseField(to.tx, field, id, step.to, revisionDetails(to))
    }
  }
}

interface Step {
  /** Its number before all steps. */
  readonly of: string
  readonly to: string
}

/**
 * In an order in which no two have one number at any moment, forwards and, where the import is taken back, backwards.
 * Where numbers go round in a circle, one waits at a free number. Pure.
 */
export function stepsOf(
  wanted: readonly { readonly from: string; readonly to: string }[],
  present: readonly string[],
): readonly Step[] {
  const steps: Step[] = []
  const taken = new Set(present)
  let waiting = wanted.map(({ from, to }) => ({ of: from, at: from, to }))
  while (waiting.length > 0) {
    const free = waiting.find(({ to }) => !taken.has(to))
    const [first] = waiting
    const next = free ?? first
    if (!next) break
    const to = free
      ? free.to
      : allocateRef(next.to, new Set([...taken, ...wanted.map((one) => one.to)]))
    steps.push({ of: next.of, to })
    taken.delete(next.at)
    taken.add(to)
    waiting = free
      ? waiting.filter((one) => one !== free)
      : waiting.map((one) => (one === next ? { ...one, at: to } : one))
  }
  return steps
}

/** Moves projects to the workstreams under which a sheet that numbers them anew has them. */
export async function applyNewPlaces(to: ImportContext, { changed }: PlanDiff): Promise<void> {
  const places = changed.filter(({ what, field }) => what === 'project' && field === 'workstream')
  if (places.length === 0) return
  const projects = await projectIdsByRef(to)
  const workstreams = await workstreamIdsByRef(to)
  for (const { ref, to: place } of places) {
    const [id, workstreamId] = [projects.get(ref), workstreams.get(place ?? '')]
    if (id && workstreamId) {
      await reviseField(to.tx, projectWorkstream, id, workstreamId, revisionDetails(to))
    }
  }
}
