import { addDays, type CivilDate, daysBetween, fullMoment } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { buttonTo } from '../../chat/card-button.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { projectsLedBy } from '../../domain/plan/led-projects.ts'
import { deliveryState, hasCompletion, type Plan, type Project } from '../../domain/plan/plan.ts'
import { type ResponseStatus, responseStatuses } from '../../domain/rounds/response-status.ts'
import { type CurrentRounds, countingRound } from '../../domain/rounds/rules.ts'
import { needsReason, type Scheme, schemeOf, stateByKey } from '../../domain/scheme/schemes.ts'
import { formatProjectState } from '../../domain/status/format.ts'
import { checkAttestable, leadRepresentedBy } from '../../domain/status/no-change-rules.ts'
import { ratingContextOf } from '../../domain/status/rating.ts'
import type { SectionDraft } from './fit-sections.ts'

/** Without a round, updates older than this many days are asked for: the digest is weekly. */
const staleDays = 7

/** What a round asks of a project. */
export interface RoundRequest {
  readonly status: ResponseStatus['status']
  /** "Thu 23 Feb 2017, 12:00" while the round is open; null before that. */
  readonly by: string | null
}

/** What a project needs of its lead now, in words. `asked` is null where no round is to come. */
export function projectNeeds(
  project: Project,
  today: CivilDate,
  scheme: Scheme,
  asked: RoundRequest | null,
): { update: boolean; lines: string[] } {
  const open = project.milestones.filter((one) => !hasCompletion(one))
  const overdue = open.filter((one) => deliveryState(one, today) === 'missed')
  const soon = open.filter(({ due }) => due !== null && due >= today && due <= addDays(today, 14))
  const last = project.updates[0]
  const age = last ? daysBetween(last.onDay, today) : undefined
  const isOwed = asked === null || asked.status === 'owed'
  const stale = isOwed && (age === undefined || age >= staleDays)
  const by = isOwed ? asked?.by : null
  const greenByPassed =
    last &&
    needsReason(stateByKey(scheme, last.state)) &&
    last.greenBy !== null &&
    last.greenBy < today
  const lines = [
    by && `an update by ${by}`,
    overdue.length > 0 && `${plural(overdue.length, 'milestone')} overdue`,
    soon.length > 0 && `${plural(soon.length, 'milestone')} due in 14 days`,
    greenByPassed && 'its green-by day has passed',
    age === undefined && isOwed && 'not updated yet',
    age !== undefined && stale && `last update ${plural(age, 'day')} ago`,
  ].filter((line) => typeof line === 'string')
  return { update: stale || greenByPassed === true || typeof by === 'string', lines }
}

export interface MyProjectsInput {
  readonly plans: readonly Plan[]
  /** Of a plan's programme, by its id. */
  readonly rounds: ReadonlyMap<string, CurrentRounds>
  readonly personId: string
  readonly today: CivilDate
  readonly prefix: string
}

/** A person's projects, the most urgent first, with whom they stand in for. Undefined where they have none. */
export function projectsSection(input: MyProjectsInput): SectionDraft | undefined {
  const rows = input.plans
    .flatMap((plan) => myProjects(plan, input))
    .toSorted((a, b) => b.needs.lines.length - a.needs.lines.length)
  if (rows.length === 0) return undefined
  const waiting = rows.filter(({ needs }) => needs.update).length
  const isNoChangeToAll = rows.filter(({ isOwn, noChange }) => isOwn && noChange).length > 1
  return {
    heading: 'Your projects',
    lines: [
      `${plural(rows.length, 'project')}, ${waiting === 0 ? 'none needs an update' : `${waiting} to update`}.`,
    ],
    rows: rows.map(({ project, state, needs, noChange, away }) => {
      const data = { project: project.id }
      return {
        title: `${state}  ${formatProject(project)}`,
        text: [
          `Needs: ${needs.lines.length > 0 ? needs.lines.join(', ') : 'nothing'}`,
          ...(away === null ? [] : [`For ${away}, who is away`]),
        ].join('\n'),
        buttons: [
          ...(needs.update ? [buttonTo('Update', 'update:form', data, 'positive')] : []),
          ...(noChange ? [buttonTo('No change', 'no-change', data)] : []),
          buttonTo('Show', 'show', data),
        ],
      }
    }),
    buttons: isNoChangeToAll ? [buttonTo('No change to all', 'no-change', {})] : [],
    ...{ noun: 'project', rest: `${input.prefix} and a project’s number to see one`, share: 4 },
  }
}

function myProjects(plan: Plan, { rounds, personId, today }: MyProjectsInput) {
  const scheme = schemeOf(plan.programme.settings)
  const context = ratingContextOf(plan)
  const asked = roundRequestOf(plan, rounds.get(plan.programme.id))
  return projectsLedBy(plan, personId).map((project) => {
    const needs = projectNeeds(project, today, scheme, asked(project))
    const represented = leadRepresentedBy(plan, project, personId)
    const isAttestable = checkAttestable(project, scheme, today).ok
    return {
      ...{ project, needs, state: formatProjectState(project, context) },
      isOwn: represented !== undefined,
      away:
        represented === undefined || represented === personId
          ? null
          : (plan.people.get(represented)?.name ?? null),
      noChange: needs.update && asked(project)?.status !== 'answered' && isAttestable,
    }
  })
}

/** What the round that counts now asks of each project. */
function roundRequestOf(
  plan: Plan,
  rounds: CurrentRounds | undefined,
): (project: Project) => RoundRequest | null {
  const round = rounds && countingRound(rounds)
  if (!round) return () => null
  const by = round === rounds.open ? fullMoment(round.closes, plan.programme.zone) : null
  const standings = new Map(
    responseStatuses(plan, round).map(({ project, status }) => [project.id, status]),
  )
  return ({ id }) => ({ status: standings.get(id) ?? 'owed', by })
}
