import { addDays, type CivilDate, daysBetween, fullMoment } from '../../base/dates.ts'
import { plural, shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import { named } from '../../domain/plan/format.ts'
import { deliveryState, isAnswered, type Plan, type Project } from '../../domain/plan/plan.ts'
import type { Question } from '../../domain/questions/question.ts'
import { type Standing, standingsIn } from '../../domain/rounds/response-status.ts'
import { countingRound, type RoundsNow } from '../../domain/rounds/rules.ts'
import { needsReason, type Scheme, schemeOf, stateByKey } from '../../domain/scheme/schemes.ts'
import { attestable, leadAnsweredFor } from '../../domain/status/no-change-rules.ts'
import { mineCard } from './cards.ts'
import { projectsOf, rowsShown, statedAs } from './views.ts'

/** Where no round asks for it, an update older than this is worth asking for: a digest is weekly. */
const staleDays = 7
/** How much of the questions that wait is shown. */
const questionsShown = 4
const questionShown = 300

/** What a round asks of a project. */
export interface Asked {
  readonly is: Standing['is']
  /** "Thu 23 Feb 2017, 12:00" while the round is open; null before that. */
  readonly by: string | null
}

/** What a project needs of its lead now, in words. `asked` is null where no round is to come. */
export function needsOf(
  project: Project,
  today: CivilDate,
  scheme: Scheme,
  asked: Asked | null,
): { update: boolean; lines: string[] } {
  const open = project.milestones.filter((one) => !isAnswered(one))
  const late = open.filter((one) => deliveryState(one, today) === 'missed')
  const soon = open.filter(({ due }) => due !== null && due >= today && due <= addDays(today, 14))
  const last = project.updates[0]
  const age = last ? daysBetween(last.onDay, today) : undefined
  const isOwed = asked === null || asked.is === 'owed'
  const stale = isOwed && (age === undefined || age >= staleDays)
  const by = isOwed ? asked?.by : null
  const greenByPassed =
    last &&
    needsReason(stateByKey(scheme, last.state)) &&
    last.greenBy !== null &&
    last.greenBy < today
  const lines = [
    by && `an update by ${by}`,
    late.length > 0 && `${plural(late.length, 'milestone')} late`,
    soon.length > 0 && `${plural(soon.length, 'milestone')} due in 14 days`,
    greenByPassed && 'its green-by day has passed',
    age === undefined && isOwed && 'not updated yet',
    age !== undefined && stale && `last update ${plural(age, 'day')} ago`,
  ].filter((line) => typeof line === 'string')
  return { update: stale || greenByPassed === true || typeof by === 'string', lines }
}

export interface MineViewed {
  readonly plans: readonly Plan[]
  /** Of a plan's programme, by its id. */
  readonly rounds: ReadonlyMap<string, RoundsNow>
  /** Those that wait for the person's answer. */
  readonly questions: readonly Question[]
  readonly personId: string
  readonly today: CivilDate
  readonly prefix: string
}

/** A person's projects: what needs most comes first. */
export function mineView({ plans, rounds, questions, ...viewed }: MineViewed): Card {
  const { personId, today, prefix } = viewed
  const rows = plans.flatMap((plan) => {
    const scheme = schemeOf(plan.programme.settings)
    const asked = askedOf(plan, rounds.get(plan.programme.id))
    return projectsOf(plan, personId).map((project) => {
      const needs = needsOf(project, today, scheme, asked(project))
      const isOwn = leadAnsweredFor(plan, project, personId) !== undefined
      const noChange =
        needs.update && asked(project)?.is !== 'answered' && attestable(project, scheme, today).ok
      return { project, state: statedAs(project, scheme), needs, isOwn, noChange }
    })
  })
  const ordered = rows.toSorted((a, b) => b.needs.lines.length - a.needs.lines.length)
  const waiting = rows.filter(({ needs }) => needs.update).length
  return mineCard({
    heading: 'Your projects',
    intro:
      rows.length === 0
        ? `You lead no project. Type ${prefix} help to see what you can ask.`
        : `${plural(rows.length, 'project')}, ${waiting === 0 ? 'none needs an update' : `${waiting} to update`}.`,
    questions: questions.slice(0, questionsShown).map(({ id, number, project, text }) => ({
      question: id,
      title: `Question ${number}: ${named(project)}`,
      text: shorten(text, questionShown),
    })),
    moreQuestions:
      questions.length > questionsShown
        ? `${plural(questions.length - questionsShown, 'more question')} to answer.`
        : '',
    noChangeToAll: rows.filter(({ isOwn, noChange }) => isOwn && noChange).length > 1,
    rows: ordered.slice(0, rowsShown).map(({ project, state, needs, noChange }) => ({
      project: project.id,
      state,
      title: named(project),
      needs: needs.lines.length > 0 ? needs.lines : ['nothing'],
      needsUpdate: needs.update,
      noChange,
    })),
    more:
      rows.length > rowsShown
        ? `${rows.length - rowsShown} more are not listed. Type ${prefix} and a project's number to see one.`
        : '',
  })
}

/** What the round that counts now asks of each project. */
function askedOf(plan: Plan, rounds: RoundsNow | undefined): (project: Project) => Asked | null {
  const round = rounds && countingRound(rounds)
  if (!round) return () => null
  const by = round === rounds.open ? fullMoment(round.closes, plan.programme.zone) : null
  const standings = new Map(standingsIn(plan, round).map(({ project, is }) => [project.id, is]))
  return ({ id }) => ({ is: standings.get(id) ?? 'owed', by })
}
