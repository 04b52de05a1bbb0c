import { type CivilDate, daysBetween, fullDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { quoted, shorten } from '../../base/text.ts'
import { planSpanYears } from '../../domain/deadlines/year-inference.ts'
import type { MilestoneCell, ProjectRow } from './parsed-plan.ts'

/** A plan that looks further says so with several dates. */
const [fewestFar, leastShare] = [3, 0.25]

/** A date years away from all others is mistyped, or was read from something that is no date: a person is asked. */
export function farDateNotes(
  projects: readonly Pick<ProjectRow, 'ref' | 'milestones'>[],
  asOf: CivilDate,
): SheetNote[] {
  const dated = projects.flatMap(({ ref, milestones }) =>
    milestones.flatMap((milestone) =>
      milestone.due ? [{ ref, due: milestone.due, milestone }] : [],
    ),
  )
  return ([1, -1] as const).flatMap((side) => {
    const far = dated.filter(({ due }) => daysBetween(asOf, due) * side > planSpanYears * 365.25)
    const isUsual = far.length >= Math.max(fewestFar, dated.length * leastShare)
    return isUsual ? [] : far.map((one) => farDateNote(one, asOf))
  })
}

function farDateNote(
  { ref, due, milestone }: { ref: string; due: CivilDate; milestone: MilestoneCell },
  asOf: CivilDate,
): SheetNote {
  const { row, column, raw } = milestone
  const message =
    `${ref}: ${quoted(shorten(raw.trim(), 80))} is ${fullDate(due)}, more than ${planSpanYears} years from ${fullDate(asOf)} ` +
    'and apart from the other dates. Put it right, or accept it as it is.'
  return { row, column, message }
}
