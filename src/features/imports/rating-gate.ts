import { fullDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import type { Plan, Project, StatusUpdate } from '../../domain/plan/plan.ts'
import type { ProgrammeSettings } from '../../domain/programme/setting.ts'
import {
  formatState,
  isOnScale,
  type Scheme,
  type State,
  schemeOf,
  stateByKey,
} from '../../domain/scheme/schemes.ts'
import { type Rating, ratingContextOf, ratingOf } from '../../domain/status/rating.ts'
import { needsConfirmation, takesRatingAway } from '../../domain/status/rules.ts'
import type { PlanChange, PlanDiff } from './diff-types.ts'
import type { ParsedPlan, ProjectRow } from './parsed-plan.ts'

/** The changes of ratings that a sheet may make. */
export interface GatedRatings {
  /** Without those that it may not. */
  readonly difference: PlanDiff
  /** For a person: what stays as it is, and what waits for a second person. */
  readonly notes: readonly SheetNote[]
  /** Refs of projects whose ratings count once somebody has confirmed them. */
  readonly toConfirm: ReadonlySet<string>
}

/**
 * A sheet passes the same gate as a person who types: it takes no Red or Amber away without saying why, and what
 * improves on a Red waits for a second person where the programme asks for one. A cell that is not understood changes
 * no rating, and what a lead said since the last sheet stays, with the line that says what the sheet says. `settings`:
 * how the programme works now.
 */
export function gateRatings(
  plan: Plan,
  settings: ProgrammeSettings,
  file: GatedFile,
  difference: PlanDiff,
): GatedRatings {
  const changed = new Set(difference.changed.flatMap((one) => (isOfStatus(one) ? one.ref : [])))
  const context = ratingContextOf(plan)
  const known = new Map(plan.projects.map((project) => [project.ref, project]))
  const verdicts = file.projects.flatMap((row) => {
    const project = changed.has(row.ref) && known.get(row.ref)
    if (!project) return []
    const rating = ratingOf(project, context)
    const said = file.knowsPlan ? undefined : wordSince(project)
    return said ? overruling(row, rating, said, settings) : verdictOf(row, rating, settings)
  })
  const kept = new Set(verdicts.flatMap(({ ref, isKept }) => (isKept ? ref : [])))
  const scheme = schemeOf(settings)
  return {
    difference: {
      ...difference,
      changed: difference.changed.filter(
        (one) =>
          !(isOfStatus(one) && kept.has(one.ref)) && !keptMilestone(one, file, known, scheme),
      ),
    },
    notes: [
      ...verdicts.map(({ note }) => note),
      ...difference.changed.flatMap((one) => keptMilestone(one, file, known, scheme) ?? []),
    ],
    toConfirm: new Set(verdicts.flatMap(({ ref, isKept }) => (isKept ? [] : ref))),
  }
}

const isOfStatus = ({ what, field }: PlanChange): boolean =>
  what === 'project' && (field === 'state' || field === 'commentary')

export interface GatedFile extends Pick<ParsedPlan, 'projects'> {
  /** It is an export of the plan, so that whoever changed it saw what the leads said. */
  readonly knowsPlan: boolean
}

/** What a person said of a project since the last sheet; undefined where a sheet spoke last. */
function wordSince({ updates: [latest] }: Project): StatusUpdate | undefined {
  return latest && latest.source !== 'import' ? latest : undefined
}

/** A sheet is kept by somebody who may not know what the lead said yesterday. */
function overruling(
  row: ProjectRow,
  rating: Rating,
  { onDay }: StatusUpdate,
  settings: ProgrammeSettings,
): Verdict[] {
  const now = stateByKey(schemeOf(settings), row.state)
  if (now.key === rating.state.key) return verdictOf(row, rating, settings)
  const message = `${row.ref} stays ${formatState(rating.state)}, as was said on ${fullDate(onDay)}, since the last sheet. If ${formatState(now)} in the sheet is right, say it: ${row.ref} ${now.label.toLowerCase()}.`
  return [{ ref: row.ref, isKept: true, note: { row: row.row, message } }]
}

interface Verdict {
  readonly ref: string
  /** The project keeps the rating it has; otherwise the new one waits for a second person. */
  readonly isKept: boolean
  readonly note: SheetNote
}

function verdictOf(row: ProjectRow, rating: Rating, settings: ProgrammeSettings): Verdict[] {
  const { ref, state: key, rawState, commentary } = row
  const now = stateByKey(schemeOf(settings), key)
  const verdict = (isKept: boolean, text: string): Verdict[] => [
    {
      ref,
      isKept,
      note: { row: row.row, message: `${ref} stays ${formatState(rating.state)}${text}` },
    },
  ]
  if (isOnScale(rating.state) && isNotUnderstood(now, rawState)) {
    return verdict(true, ': the state in the sheet was not understood.')
  }
  if (takesRatingAway(rating, now) && commentary.trim() === '') {
    return verdict(true, ': the sheet rates it no more, and no commentary says why.')
  }
  if (!needsConfirmation(rating, now, settings)) return []
  return verdict(false, ` until somebody confirms ${formatState(now)}: confirm ${ref}.`)
}

const isNotUnderstood = (state: State, raw: string): boolean =>
  state.key === 'blank' && raw.trim() !== ''

/** A milestone that keeps the rating it has: why, for whoever imports. Null where the sheet may change it. */
function keptMilestone(
  change: PlanChange,
  { projects, knowsPlan }: GatedFile,
  known: ReadonlyMap<string, Project>,
  scheme: Scheme,
): SheetNote | null {
  if (change.what !== 'milestone' || change.field !== 'state') return null
  const { ref, number, title, milestone } = change
  const row = projects.find((one) => one.ref === ref)?.row ?? 0
  const noteOf = (state: State, why: string): SheetNote => ({
    row,
    message: `${ref}, ${number}. ${title} stays ${formatState(state)}${why}`,
  })
  const from = stateByKey(scheme, change.from ?? 'blank')
  const to = stateByKey(scheme, change.to ?? 'blank')
  // A milestone's rating is not lost with its cell.
  if (isOnScale(from) && to.key === 'blank') {
    const why = milestone.rawState?.trim() ? 'was not understood' : 'is empty'
    return noteOf(from, `: the state in the sheet ${why}.`)
  }
  const [said] = known.get(ref)?.milestones.find((one) => one.number === number)?.ratings ?? []
  if (knowsPlan || !said || said.source === 'import' || said.state === to.key) return null
  return noteOf(
    stateByKey(scheme, said.state),
    `, as was said on ${fullDate(said.onDay)}, since the last sheet. If ${formatState(to)} in the sheet is right, say it: rate ${ref} ${number} ${to.label.toLowerCase()}.`,
  )
}
