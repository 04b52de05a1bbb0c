import { fullDate } from '../../base/dates.ts'
import type { Plan, Project, StatusUpdate } from '../../domain/plan/plan.ts'
import type { ProgrammeSettings } from '../../domain/programme/setting.ts'
import {
  formatState,
  isOnScale,
  needsReason,
  type State,
  schemeOf,
  stateByKey,
} from '../../domain/scheme/schemes.ts'
import { type Rating, ratingContextOf, ratingOf } from '../../domain/status/rating.ts'
import { needsConfirmation, takesRatingAway } from '../../domain/status/rules.ts'
import { judgeBlank } from './blank-ratings.ts'
import type { FieldChange, PlanChange, PlanDiff } from './diff-types.ts'
import type { GateContext, GatedFile, GateRemarks } from './gated-file.ts'
import { gateMilestoneRating } from './milestone-rating-gate.ts'
import type { ProjectRow } from './parsed-plan.ts'
import { cellSays } from './rating-cell.ts'

/** The changes of ratings that a sheet may make. */
export interface GatedRatings extends GateRemarks {
  /** Without those that it may not. */
  readonly difference: PlanDiff
  /** The rows of the sheet, with the rating that each project has after the import. */
  readonly projects: readonly ProjectRow[]
  /** Refs of projects whose ratings count once somebody has confirmed them. */
  readonly toConfirm: ReadonlySet<string>
}

/**
 * A sheet passes the same gate as a person who types: it takes no Red or Amber away without saying why, and what
 * improves on a Red waits for a second person where the programme asks for one. A cell that is not understood changes
 * no rating, an empty one beside a Red or an Amber is a question, and what a lead said since the last sheet stays, with
 * the line that says what the sheet says. `settings`: how the programme works now.
 */
export function gateRatings(
  plan: Plan,
  settings: ProgrammeSettings,
  file: GatedFile,
  difference: PlanDiff,
): GatedRatings {
  const context = { settings, file }
  const ofStatus = difference.changed.filter(isOfStatus)
  const changed = new Set(ofStatus.map(({ ref }) => ref))
  const rerated = new Set(ofStatus.flatMap(({ ref, field }) => (field === 'state' ? ref : [])))
  const ratingContext = ratingContextOf(plan)
  const known = new Map(plan.projects.map((project) => [project.ref, project]))
  const verdicts = new Map(
    file.projects.flatMap((row): (readonly [string, Verdict])[] => {
      const project = changed.has(row.ref) && known.get(row.ref)
      if (!project) return []
      if (isSettled(row, file, rerated)) return [[row.ref, { allowed: 'nothing', row }]]
      const rating = ratingOf(project, ratingContext)
      const said = file.knowsPlan ? undefined : wordSince(project)
      const verdict = said
        ? overruling(row, rating, said, context)
        : verdictOf(row, rating, context)
      return [[row.ref, verdict]]
    }),
  )
  const gated = difference.changed.map((change): GatedChange => {
    if (change.what === 'milestone' && change.field === 'state') {
      return gateMilestoneRating(change, known.get(change.ref), context)
    }
    return {
      changes: isOfStatus(change) ? allowedChange(change, verdicts.get(change.ref)) : [change],
    }
  })
  const remarks: readonly (Verdict | GatedChange)[] = [...verdicts.values(), ...gated]
  return {
    difference: { ...difference, changed: gated.flatMap(({ changes }) => changes) },
    projects: file.projects.map((row) => verdicts.get(row.ref)?.row ?? row),
    notes: remarks.flatMap(({ notes = [] }) => notes),
    problems: remarks.flatMap(({ problems = [] }) => problems),
    blanks: remarks.flatMap(({ blanks = [] }) => blanks),
    toConfirm: new Set([...verdicts].flatMap(([ref, { isToConfirm }]) => (isToConfirm ? ref : []))),
  }
}

/** What is left of one change. */
interface GatedChange extends Partial<GateRemarks> {
  readonly changes: readonly PlanChange[]
}

const isOfStatus = (change: PlanChange): change is FieldChange =>
  change.what === 'project' && (change.field === 'state' || change.field === 'commentary')

/** What the sheet may change of a project: its rating and the words beside it, the words alone, or neither. */
type Allowed = 'both' | 'commentary' | 'nothing'

interface Verdict extends Partial<GateRemarks> {
  readonly allowed: Allowed
  readonly isToConfirm?: boolean
  /** With what may be written. */
  readonly row: ProjectRow
}

/** An empty cell takes no words away from a rating that stays. */
function allowedChange(change: FieldChange, verdict: Verdict | undefined): FieldChange[] {
  if (!verdict) return [change]
  const { allowed, row } = verdict
  if (allowed === 'nothing') return []
  if (change.field === 'state') return allowed === 'both' ? [change] : []
  if (allowed === 'commentary' && row.commentary === '') return []
  return [{ ...change, to: row.commentary }]
}

/** An earlier sheet had the same empty cells, and why it is not rated was answered then. */
const isSettled = (
  { ref, commentary }: ProjectRow,
  { answers }: GatedFile,
  rerated: ReadonlySet<string>,
): boolean =>
  !rerated.has(ref) && commentary === '' && answers.earlier.blanks?.[ref] === 'not rated'

/** What a person said of a project since the last sheet; undefined where a sheet spoke last. */
function wordSince({ updates: [latest] }: Project): StatusUpdate | undefined {
  return latest && latest.source !== 'import' ? latest : undefined
}

/** A sheet is kept by somebody who may not know what the lead said yesterday. */
function overruling(
  row: ProjectRow,
  rating: Rating,
  { onDay }: StatusUpdate,
  context: GateContext,
): Verdict {
  const now = stateByKey(schemeOf(context.settings), row.state)
  if (now.key === rating.state.key) return verdictOf(row, rating, context)
  const says = isOnScale(now)
    ? `If ${formatState(now)} in the sheet is right, say it: ${row.ref} ${now.label.toLowerCase()}.`
    : 'The sheet has no rating there.'
  const text = `, as was said on ${fullDate(onDay)}, since the last sheet. ${says}`
  return staying(row, rating, text)
}

/** Nothing of the project's status changes. */
const staying = (row: ProjectRow, { state }: Rating, text: string): Verdict => ({
  ...{ allowed: 'nothing', row },
  notes: [{ row: row.row, message: `${row.ref} stays ${formatState(state)}${text}` }],
})

function verdictOf(row: ProjectRow, rating: Rating, context: GateContext): Verdict {
  const { settings, file } = context
  const scheme = schemeOf(settings)
  const now = stateByKey(scheme, row.state)
  const cell = cellSays(row, scheme, file.stateWords)
  if (cell === 'nothing' && !file.ratesProjects) return keeping(row, rating)
  if (isOnScale(rating.state) && cell === 'unread') {
    const text = ': the state in the sheet was not understood.'
    return { ...staying(row, rating, text), ...keeping(row, rating) }
  }
  if (isOnScale(rating.state) && cell === 'done') {
    const text = ': that it is done, as the sheet says, is no rating.'
    return { ...staying(row, rating, text), ...keeping(row, rating) }
  }
  if (cell === 'nothing' && needsReason(rating.state)) return verdictOfBlank(row, rating, context)
  if (takesRatingAway(rating, now) && row.commentary.trim() === '') {
    return staying(row, rating, ': the sheet rates it no more, and no commentary says why.')
  }
  return passing(row, rating, now, settings)
}

/** As the sheet says it, where somebody agrees whose word it needs. */
function passing(row: ProjectRow, rating: Rating, now: State, settings: ProgrammeSettings) {
  const isToConfirm = needsConfirmation(rating, now, settings)
  const wait = `${row.ref} stays ${formatState(rating.state)} until somebody confirms ${formatState(now)}: confirm ${row.ref}.`
  const notes = isToConfirm ? [{ row: row.row, message: wait }] : []
  return { allowed: 'both', isToConfirm, row, notes } as const
}

/** The rating stays, and the sheet's words stand beside it. */
const keeping = (row: ProjectRow, { update }: Rating): Verdict => ({
  allowed: 'commentary',
  // Of what its milestones come to, nothing is said: it goes on with them.
  row: { ...row, state: update?.state ?? row.state },
})

function verdictOfBlank(row: ProjectRow, rating: Rating, context: GateContext): Verdict {
  const { settings, file } = context
  const { ref: item, title, commentary } = row
  const blank = { item, title, row: row.row, state: rating.state, commentary }
  const { reason, notes, problems } = judgeBlank(blank, file.answers)
  const remarks = { notes, problems, blanks: [blank] }
  if (reason === null) return { ...keeping(row, rating), ...remarks }
  const { blank: unrated } = schemeOf(settings)
  const passed = passing({ ...row, commentary: reason }, rating, unrated, settings)
  return { ...passed, ...remarks, notes: [...notes, ...passed.notes] }
}
