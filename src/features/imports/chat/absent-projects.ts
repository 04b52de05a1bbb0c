import { Refusal } from '../../../base/errors.ts'
import { capitalised, shorten } from '../../../base/text.ts'
import type { CommandContext } from '../../../chat/commands.ts'
import { projectLife } from '../../../domain/plan/fields.ts'
import { formatLife, parseLife, type SetAside } from '../../../domain/plan/life.ts'
import { requirePersonId } from '../../../domain/plan/lookup.ts'
import { reviseField } from '../../../domain/plan/revise.ts'
import type { MissingItem, PlanDiff } from '../diff-types.ts'
import type { AbsentFate, ImportChoices } from '../drafts/draft.ts'
import { projectIdsByRef } from '../import-context.ts'
import type { PlacedDraft } from './sheet-kind.ts'

/** Projects that are in the plan and not in the sheet: kept, closed or put on hold, as the person chooses. */

export const absentProjects = ({ missing }: PlanDiff): MissingItem[] =>
  missing.filter(({ what }) => what === 'project')

interface FatedProject {
  readonly ref: string
  readonly title: string
  readonly fate: AbsentFate
}

function fatedProjects(difference: PlanDiff, { absent }: ImportChoices): FatedProject[] {
  return absentProjects(difference).flatMap(({ ref, title }) => {
    const fate = absent[ref]
    return fate ? [{ ref, title, fate }] : []
  })
}

const fateTexts: Readonly<Record<AbsentFate, string>> = {
  close: 'is closed: stopped',
  hold: 'is put on hold',
}

/** What the choices would change, a line each. */
export function fateLines(difference: PlanDiff, choices: ImportChoices): string[] {
  return fatedProjects(difference, choices).map(
    ({ ref, title, fate }) =>
      `Project ${ref} ${shorten(title, 60)} ${fateTexts[fate]}, because ${choices.absentReason ?? ''}`,
  )
}

/** Closes or holds what the person chose. Gives sentences that say so. */
export async function applyFates(
  context: CommandContext,
  { choices, programme }: PlacedDraft,
  difference: PlanDiff,
  importId: string | undefined,
): Promise<string[]> {
  const fated = fatedProjects(difference, choices)
  if (fated.length === 0) return []
  const { tx, today, now, actor, place } = context
  const ids = await projectIdsByRef({ tx, programmeId: programme.id })
  const reason = choices.absentReason ?? null
  const said = {
    ...{ byId: requirePersonId(actor), onBehalfOfId: null, source: place.platform },
    ...{ onDay: today, at: now },
  }
  const lines: string[] = []
  for (const { ref, fate } of fated) {
    const id = ids.get(ref)
    if (!id) throw new Refusal(`There is no project ${ref} any more. Nothing was imported.`)
    // Somebody set it aside since: that stands.
    if (parseLife(await projectLife.read(tx, id)) !== null) continue
    const life = lifeOf(fate, today, reason)
    await reviseField(tx, projectLife, id, life, {
      programmeId: programme.id,
      reason,
      said,
      importId,
    })
    lines.push(`${ref}: ${capitalised(formatLife(life))}.`)
  }
  return lines
}

function lifeOf(fate: AbsentFate, onDay: SetAside['onDay'], reason: string | null): SetAside {
  return fate === 'close'
    ? { state: 'closed', onDay, reason, ending: 'stopped', into: null }
    : { state: 'on hold', onDay, reason, reviewOn: null }
}
