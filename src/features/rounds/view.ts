import { fullDate, fullMoment } from '../../base/dates.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import { authorName } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import type { Plan, StatusUpdate } from '../../domain/plan/plan.ts'
import type { RecipientQuery } from '../../domain/plan/recipients.ts'
import {
  coverageOf,
  type ResponseStatus,
  responseStatuses,
} from '../../domain/rounds/response-status.ts'
import { type CurrentRounds, countingRound, type UpdateRound } from '../../domain/rounds/rules.ts'
import { mismatchCountText } from '../../domain/status/mismatches.ts'
import { roundCard } from './cards.ts'
import { formatManualNudge, formatServed, formatTimes } from './format.ts'
import { type OutstandingUpdate, outstandingUpdates } from './outstanding-updates.ts'

/** How many rows, refs and letters the card shows before it counts the rest, so that it fits both platforms. */
const limits = { owing: 25, answered: 15, refs: 12, why: 160, nudged: 40 }

export interface RoundViewInput {
  /** The plan as at latestToday, so with every answer so far. */
  readonly plan: Plan
  readonly rounds: CurrentRounds
  readonly now: Date
  readonly prefix: string
}

/** The round for the programme office: who answered and who did not, with buttons to nudge, close or extend. */
export function officeView(
  input: RoundViewInput,
  query: RecipientQuery,
  names: ReadonlyMap<string, string>,
): Card {
  const { plan, rounds, now, prefix } = input
  const { programme } = plan
  const round = countingRound(rounds)
  const before = rounds.last ? [formatLastRound(rounds.last, plan)] : []
  if (!round) return noRoundCard([...before, addBoardHint(prefix)])
  const statuses = responseStatuses(plan, round)
  const isOpen = round === rounds.open
  const mismatches = mismatchCountText(plan)
  return roundCard({
    heading: headingOf(round, plan),
    lines: [
      ...formatTimes(round, programme, now),
      ...formatManualNudge(round, programme),
      formatCoverage(statuses, isOpen),
      ...before,
      ...(mismatches ? [`${mismatches}: ${prefix} mismatches lists them.`] : []),
    ],
    groups: [
      limitedGroup('Still to answer', formatOutstanding(plan, round, query), limits.owing),
      limitedGroup('Answered', formatAnswered(statuses, names), limits.answered),
    ].filter(({ rows }) => rows.length > 0),
    buttons: officeButtons(input, statuses),
  })
}

function officeButtons({ plan, rounds, now }: RoundViewInput, statuses: readonly ResponseStatus[]) {
  const { open, last } = rounds
  const data = { programme: plan.programme.key }
  const extend = { title: open ? 'Extend' : 'Open again', verb: 'round-extend:form', data }
  if (!open) return last && now < last.issuedAt ? [extend] : []
  const isOwed = statuses.some(({ status }) => status === 'owed')
  const nudge = { title: 'Nudge now', verb: 'round-nudge', data }
  return [
    ...(isOwed && !open.nudgedAt ? [nudge] : []),
    { title: 'Close', verb: 'round-close', data },
    extend,
  ]
}

/** The round for one person: its times, what they owe and what they answered. */
export function ownView(
  { plan, rounds, now }: RoundViewInput,
  personId: string,
  query: RecipientQuery,
): Card {
  const round = countingRound(rounds)
  if (!round) return noRoundCard([])
  const owed = outstandingUpdates(plan, round, query).get(personId) ?? []
  const theirs = responseStatuses(plan, round).flatMap((one) =>
    one.status === 'answered' && isTheirs(one, personId) ? [one] : [],
  )
  const nothingOwed =
    theirs.length > 0 ? 'You owe nothing more. Thank you.' : 'You owe nothing in it.'
  return roundCard({
    heading: headingOf(round, plan),
    lines: [...formatTimes(round, plan.programme, now), ...(owed.length > 0 ? [] : [nothingOwed])],
    groups: [
      limitedGroup('You owe', owed.map(formatOutstandingUpdate), limits.owing),
      limitedGroup(
        'You answered',
        theirs.map(({ project, update }) => `${formatProject(project)}: ${fullDate(update.onDay)}`),
        limits.answered,
      ),
    ].filter(({ rows }) => rows.length > 0),
    buttons: owed.length > 0 ? [{ title: 'Answer', verb: 'mine', data: {} }] : [],
  })
}

/** True for answers the person gave, and for answers others gave about projects the person leads. */
function isTheirs(
  { project, update }: Extract<ResponseStatus, { status: 'answered' }>,
  personId: string,
): boolean {
  return update.byId === personId || project.leads.includes(personId)
}

function headingOf(round: UpdateRound, { programme }: Plan): string {
  return `For ${formatServed(round, programme)}`
}

function noRoundCard(lines: readonly string[]): Card {
  const none = 'No update round is open, and none is to come: no board meeting is ahead.'
  return roundCard({ heading: 'None is open', lines: [none, ...lines], groups: [], buttons: [] })
}

const addBoardHint = (prefix: string) => `Add a meeting: ${prefix} board 16 Mar 2017 Cabinet`

/** "5 of 7 projects have answered: 3 with an update, 2 with “no change”. 1 needs none." */
function formatCoverage(statuses: readonly ResponseStatus[], isOpen: boolean): string {
  const { answered, of } = coverageOf(statuses)
  if (statuses.length === 0) return 'The plan has no projects yet, so nobody is asked.'
  const attested = statuses.filter(
    (one) => one.status === 'answered' && one.update.attestsId !== null,
  ).length
  const how = [
    ...(answered > attested ? [`${answered - attested} with an update`] : []),
    ...(attested > 0 ? [`${attested} with “no change”`] : []),
  ]
  const excused = statuses.length - of
  const earlyNote = isOpen ? '' : ' already: an early answer counts'
  const excusedNote = excused > 0 ? ` ${excused} ${excused === 1 ? 'needs' : 'need'} none.` : ''
  const ways = how.length > 0 ? ` (${how.join(', ')})` : ''
  return `${answered} of ${plural(of, 'project')} ${answered === 1 ? 'has' : 'have'} answered${earlyNote}${ways}.${excusedNote}`
}

function formatLastRound(last: UpdateRound, plan: Plan): string {
  const { answered, of } = coverageOf(responseStatuses(plan, last))
  return `The round before, for ${formatServed(last, plan.programme)}, closed on ${fullMoment(last.closes, plan.programme.zone)}: ${answered} of ${of} answered.`
}

/** "Asha Verity: 2.1, 2.3; 2.4 (no lead yet)": with why they are asked about projects they do not lead. */
function formatOutstanding(plan: Plan, round: UpdateRound, query: RecipientQuery): string[] {
  return [...outstandingUpdates(plan, round, query).values()].map((rows) => {
    const who = rows[0]?.recipient.person?.name ?? 'Nobody can be asked'
    const shown = Map.groupBy(rows.slice(0, limits.refs), ({ recipient }) => recipient.why)
    const more = rows.length > limits.refs ? [`${rows.length - limits.refs} more`] : []
    const each = [...shown].map(([why, some]) => {
      const refs = some.map(({ project }) => project.ref).join(', ')
      return why === null ? refs : `${refs} (${shorten(why, limits.why)})`
    })
    return `${who}: ${[...each, ...more].join('; ')}`
  })
}

function formatAnswered(
  statuses: readonly ResponseStatus[],
  names: ReadonlyMap<string, string>,
): string[] {
  return statuses.flatMap((one) =>
    one.status === 'answered'
      ? [`${formatProject(one.project)}: ${formatUpdateAuthor(one.update, names)}`]
      : [],
  )
}

/** "no change, Tom Quill for Asha Verity, Wed 22 Feb 2017". */
function formatUpdateAuthor(
  { byId, onBehalfOfId, attestsId, source, onDay }: StatusUpdate,
  names: ReadonlyMap<string, string>,
): string {
  const by = byId === null ? source : authorName(names, byId)
  const who = onBehalfOfId === null ? by : `${by} for ${authorName(names, onBehalfOfId)}`
  return [...(attestsId ? ['no change'] : []), who, fullDate(onDay)].join(', ')
}

function formatOutstandingUpdate({ project, state, age }: OutstandingUpdate): string {
  const ageNote =
    age === null ? '' : `, last said ${age === 0 ? 'today' : `${plural(age, 'day')} ago`}`
  return `${formatProject(project)}: ${state}${ageNote}`
}

function limitedGroup(heading: string, rows: readonly string[], limit: number) {
  const more = rows.length > limit ? [`${rows.length - limit} more are not listed.`] : []
  return { heading, rows: [...rows.slice(0, limit), ...more] }
}

export type NudgeSummary =
  | { readonly ok: true; readonly lines: string[] }
  | { readonly ok: false; readonly why: string }

/** Whom a nudge by hand reaches, or why it reaches nobody. */
export function summariseNudge(
  plan: Plan,
  round: UpdateRound,
  query: RecipientQuery,
): NudgeSummary {
  const owed = outstandingUpdates(plan, round, query)
  if (owed.size === 0) return { ok: false, why: 'Everybody has answered: nobody is nudged.' }
  const people = [...owed.values()].flatMap(([first]) => first?.recipient.person?.name ?? [])
  if (people.length === 0) {
    const why = 'Nobody who owes an update can be reached in chat, and nobody of your office.'
    return { ok: false, why }
  }
  const projects = new Set([...owed.values()].flat().map(({ project }) => project.id)).size
  const rest = people.length - limits.nudged
  const named = [...people.slice(0, limits.nudged), ...(rest > 0 ? [`${rest} more`] : [])]
  const are = people.length === 1 ? 'is' : 'are'
  return {
    ok: true,
    lines: [
      `${plural(people.length, 'person', 'people')} ${are} nudged about ${plural(projects, 'project')}: ${listOf(named)}.`,
      'Each gets one message in private: within a minute where they are at work now, else when they next are, while the round is open.',
    ],
  }
}
