import type { CivilDate } from '../../base/dates.ts'
import { loadGovernedMilestones } from '../../domain/plan/move-governance.ts'
import { moveApprovalSetting } from '../../domain/plan/settings.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import type { ProgrammeSettings } from '../../domain/programme/setting.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { PlanDiff } from './diff-types.ts'
import type { GatedFile } from './gated-file.ts'
import { gateMoves } from './move-gate.ts'
import { type GatedRatings, gateRatings } from './rating-gate.ts'

/** Where a sheet meets a plan that people keep. */
interface GatedProgramme {
  /** Undefined: its first import creates it, and there is nothing that people said. */
  readonly id: string | undefined
  readonly asOf: CivilDate
  readonly settings: ProgrammeSettings
  /** The number that the sheet gives a project of the plan. */
  readonly newNumberOf: (ref: string) => string
}

/** What a sheet may change: it passes the gates that people pass. */
export async function passGates(
  tx: ReadTx,
  { id, asOf, settings, newNumberOf }: GatedProgramme,
  file: GatedFile,
  whole: PlanDiff,
): Promise<GatedRatings> {
  if (id === undefined || whole.changed.length === 0) {
    const { projects } = file
    return {
      difference: whole,
      projects,
      notes: [],
      problems: [],
      blanks: [],
      toConfirm: new Set(),
    }
  }
  const renumbered = <One extends { readonly ref: string }>(all: readonly One[]) =>
    all.map((one) => ({ ...one, ref: newNumberOf(one.ref) }))
  const plan = await loadRecentPlan(tx, id, asOf)
  const projects = renumbered(plan.projects)
  const rated = gateRatings({ ...plan, projects }, settings, file, whole)
  const setting = moveApprovalSetting.of(settings)
  const milestones = renumbered(await loadGovernedMilestones(tx, id, setting))
  const { difference, notes } = gateMoves(milestones, setting, file, rated.difference)
  return { ...rated, difference, notes: [...rated.notes, ...notes] }
}
