import { z } from 'zod'
import { type CivilDate, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { named, shortTextOf } from '../../domain/plan/format.ts'
import { officeProgramme } from '../../domain/plan/lookup.ts'
import { awaitedUpdate, type Plan, type Project, stateOf } from '../../domain/plan/plan.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { agrees } from '../../domain/scheme/criteria.ts'
import { isColour, type State, schemeOf, shown, stateByKey } from '../../domain/scheme/schemes.ts'

/** A project whose declared state is another than the criteria come to (rule 2 of the domain). */
export interface Mismatch {
  readonly project: Project
  readonly declared: State
  readonly derived: State
  /** The day for which the criteria were ticked. */
  readonly tickedOn: CivilDate
  /** Why, as told. */
  readonly differs: string | null
}

/**
 * Every mismatch of a plan, in its order. The latest ticks count, also where a later update passed them over:
 * otherwise a Green that is typed would hide a Red that was ticked.
 */
function mismatchesOf({ programme, projects }: Plan): Mismatch[] {
  const scheme = schemeOf(programme.settings)
  return projects.flatMap((project) => {
    const ticks = project.updates.find(({ derived }) => derived !== null)
    const derived = stateByKey(scheme, ticks?.derived ?? 'blank')
    const declared = stateByKey(scheme, stateOf(project))
    if (!ticks || !isColour(derived) || agrees(declared, derived)) return []
    return [{ project, declared, derived, tickedOn: ticks.onDay, differs: ticks.differs }]
  })
}

const listed = 15

export const mismatches = defineCommand({
  name: 'mismatches',
  tells: true,
  usages: ['mismatches [for <programme>]'],
  summary:
    'What differs from its criteria, and what waits for a second person. For the programme office.',
  args: z.object({ programme: optionalText }),
  run: async ({ tx, actor, today }, args) => {
    const { id } = await officeProgramme({ tx, actor }, args.programme)
    const plan = await loadPlan(tx, id, today)
    const lines = [...mismatchesOf(plan).map(mismatchInWords), ...awaitedInWords(plan)]
    const more = lines.length - listed
    const heading = `Mismatches as at ${fullDate(today)}`
    if (lines.length === 0) lines.push('Every state agrees with its criteria, and nothing waits.')
    return {
      card: noticeCard({
        heading,
        lines: [...lines.slice(0, listed), ...(more > 0 ? [`${more} more are not listed.`] : [])],
        buttons: [],
      }),
    }
  },
})

function mismatchInWords({ project, declared, derived, tickedOn, differs }: Mismatch): string {
  const said = differs ? `Reason: ${differs}` : 'No reason given.'
  return `${named(project)} is ${shown(declared)}; its criteria of ${fullDate(tickedOn)} come to ${shown(derived)}. ${said}`
}

/** '2 projects differ from their criteria'; '' where none does. */
export function mismatchCount(plan: Plan): string {
  const count = mismatchesOf(plan).length
  if (count === 0) return ''
  return `${plural(count, 'project')} ${count === 1 ? 'differs from its' : 'differ from their'} criteria`
}

function awaitedInWords({ programme, projects }: Plan): string[] {
  const scheme = schemeOf(programme.settings)
  return projects.flatMap((project) => {
    const update = awaitedUpdate(project)
    const improved = update
      ? [
          `${named(project)}: ${shown(stateByKey(scheme, update.state))} since ${fullDate(update.onDay)} awaits confirmation.`,
        ]
      : []
    const done = project.milestones.filter(({ completion }) => completion?.awaitsConfirmation)
    return [
      ...improved,
      ...done.map(
        (one) => `${named(project)}: done, awaits confirmation: ${one.number}. ${shortTextOf(one)}`,
      ),
    ]
  })
}
