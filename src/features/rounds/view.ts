import { fullDate, fullMoment } from '../../base/dates.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import { named } from '../../domain/plan/format.ts'
import type { Plan, StatusUpdate } from '../../domain/plan/plan.ts'
import type { Asking } from '../../domain/plan/recipients.ts'
import { coverageOf, type Standing, standingsIn } from '../../domain/rounds/response-status.ts'
import { countingRound, type RoundsNow, type UpdateRound } from '../../domain/rounds/rules.ts'
import { mismatchCount } from '../updates/mismatches.ts'
import { roundCard } from './cards.ts'
import { nudgedByHandInWords, servedInWords, timesInWords } from './format.ts'
import { type OwedRow, owedIn } from './outstanding-updates.ts'

/** How much the card names before it counts the rest: both platforms stay well within their limits. */
const most = { owing: 25, answered: 15, refs: 12, why: 160, nudged: 40 }

export interface RoundViewed {
  /** With all that was said by now. */
  readonly plan: Plan
  readonly rounds: RoundsNow
  readonly now: Date
  readonly prefix: string
}

/** The round for the programme office: who answered, who did not, and what to do about it. */
export function officeView(
  viewed: RoundViewed,
  asking: Asking,
  names: ReadonlyMap<string, string>,
): Card {
  const { plan, rounds, now, prefix } = viewed
  const { programme } = plan
  const round = countingRound(rounds)
  const before = rounds.last ? [lastInWords(rounds.last, plan)] : []
  if (!round) return noRound([...before, howToAddBoard(prefix)])
  const standings = standingsIn(plan, round)
  const isOpen = round === rounds.open
  const differing = mismatchCount(plan)
  return roundCard({
    heading: headingOf(round, plan),
    lines: [
      ...timesInWords(round, programme, now),
      ...nudgedByHandInWords(round, programme),
      coverageInWords(standings, isOpen),
      ...before,
      ...(differing ? [`${differing}: ${prefix} mismatches lists them.`] : []),
    ],
    groups: [
      group('Still to answer', owingInWords(plan, round, asking), most.owing),
      group('Answered', answeredInWords(standings, names), most.answered),
    ].filter(({ rows }) => rows.length > 0),
    buttons: officeButtons(viewed, standings),
  })
}

function officeButtons({ plan, rounds, now }: RoundViewed, standings: readonly Standing[]) {
  const { open, last } = rounds
  const data = { programme: plan.programme.key }
  const extend = { title: open ? 'Extend' : 'Open again', verb: 'round-extend:form', data }
  if (!open) return last && now < last.issued ? [extend] : []
  const isOwed = standings.some(({ is }) => is === 'owed')
  const nudge = { title: 'Nudge now', verb: 'round-nudge', data }
  return [
    ...(isOwed && !open.nudgedAt ? [nudge] : []),
    { title: 'Close', verb: 'round-close', data },
    extend,
  ]
}

/** What one person sees of a round: when it is, and their own part of it. */
export function ownView(
  { plan, rounds, now }: RoundViewed,
  personId: string,
  asking: Asking,
): Card {
  const round = countingRound(rounds)
  if (!round) return noRound([])
  const owed = owedIn(plan, round, asking).get(personId) ?? []
  const theirs = standingsIn(plan, round).flatMap((one) =>
    one.is === 'answered' && isTheirs(one, personId) ? [one] : [],
  )
  const nothing = theirs.length > 0 ? 'You owe nothing more. Thank you.' : 'You owe nothing in it.'
  return roundCard({
    heading: headingOf(round, plan),
    lines: [...timesInWords(round, plan.programme, now), ...(owed.length > 0 ? [] : [nothing])],
    groups: [
      group('You owe', owed.map(owedInWords), most.owing),
      group(
        'You answered',
        theirs.map(({ project, update }) => `${named(project)}: ${fullDate(update.onDay)}`),
        most.answered,
      ),
    ].filter(({ rows }) => rows.length > 0),
    buttons: owed.length > 0 ? [{ title: 'Answer', verb: 'mine', data: {} }] : [],
  })
}

/** Answered by them, for whomever; or by somebody else for what they lead. */
function isTheirs(
  { project, update }: Extract<Standing, { is: 'answered' }>,
  personId: string,
): boolean {
  return update.byId === personId || project.leads.includes(personId)
}

function headingOf(round: UpdateRound, { programme }: Plan): string {
  return `For ${servedInWords(round, programme)}`
}

function noRound(lines: readonly string[]): Card {
  const none = 'No update round is open, and none is to come: no board meeting is ahead.'
  return roundCard({ heading: 'None is open', lines: [none, ...lines], groups: [], buttons: [] })
}

const howToAddBoard = (prefix: string) => `Add a meeting: ${prefix} board 16 Mar 2017 Cabinet`

/** "5 of 7 projects have answered: 3 with an update, 2 with “no change”. 1 needs none." */
function coverageInWords(standings: readonly Standing[], isOpen: boolean): string {
  const { answered, of } = coverageOf(standings)
  if (standings.length === 0) return 'The plan has no projects yet, so nobody is asked.'
  const attested = standings.filter(
    (one) => one.is === 'answered' && one.update.attestsId !== null,
  ).length
  const how = [
    ...(answered > attested ? [`${answered - attested} with an update`] : []),
    ...(attested > 0 ? [`${attested} with “no change”`] : []),
  ]
  const excused = standings.length - of
  const early = isOpen ? '' : ' already: an early answer counts'
  const none = excused > 0 ? ` ${excused} ${excused === 1 ? 'needs' : 'need'} none.` : ''
  const ways = how.length > 0 ? ` (${how.join(', ')})` : ''
  return `${answered} of ${plural(of, 'project')} ${answered === 1 ? 'has' : 'have'} answered${early}${ways}.${none}`
}

function lastInWords(last: UpdateRound, plan: Plan): string {
  const { answered, of } = coverageOf(standingsIn(plan, last))
  return `The round before, for ${servedInWords(last, plan.programme)}, closed on ${fullMoment(last.closes, plan.programme.zone)}: ${answered} of ${of} answered.`
}

/** "Asha Verity: 2.1, 2.3; 2.4 (no lead is recorded)": of those they do not lead themselves, why they are asked. */
function owingInWords(plan: Plan, round: UpdateRound, asking: Asking): string[] {
  return [...owedIn(plan, round, asking).values()].map((rows) => {
    const who = rows[0]?.recipient.person?.name ?? 'Nobody can be asked'
    const shown = Map.groupBy(rows.slice(0, most.refs), ({ recipient }) => recipient.why)
    const more = rows.length > most.refs ? [`${rows.length - most.refs} more`] : []
    const each = [...shown].map(([why, some]) => {
      const refs = some.map(({ project }) => project.ref).join(', ')
      return why === null ? refs : `${refs} (${shorten(why, most.why)})`
    })
    return `${who}: ${[...each, ...more].join('; ')}`
  })
}

function answeredInWords(
  standings: readonly Standing[],
  names: ReadonlyMap<string, string>,
): string[] {
  return standings.flatMap((one) =>
    one.is === 'answered' ? [`${named(one.project)}: ${saidInWords(one.update, names)}`] : [],
  )
}

/** "no change, Tom Quill for Asha Verity, Wed 22 Feb 2017". */
function saidInWords(
  { byId, forId, attestsId, source, onDay }: StatusUpdate,
  names: ReadonlyMap<string, string>,
): string {
  const nameOf = (id: string) => names.get(id) ?? 'a former member'
  const by = byId === null ? source : nameOf(byId)
  const who = forId === null ? by : `${by} for ${nameOf(forId)}`
  return [...(attestsId ? ['no change'] : []), who, fullDate(onDay)].join(', ')
}

function owedInWords({ project, state, age }: OwedRow): string {
  const old = age === null ? '' : `, last said ${age === 0 ? 'today' : `${plural(age, 'day')} ago`}`
  return `${named(project)}: ${state}${old}`
}

function group(heading: string, rows: readonly string[], room: number) {
  const more = rows.length > room ? [`${rows.length - room} more are not listed.`] : []
  return { heading, rows: [...rows.slice(0, room), ...more] }
}

export type Nudged =
  | { readonly ok: true; readonly lines: string[] }
  | { readonly ok: false; readonly why: string }

/** Who is nudged, or why nobody is. */
export function nudgedInWords(plan: Plan, round: UpdateRound, asking: Asking): Nudged {
  const owed = owedIn(plan, round, asking)
  if (owed.size === 0) return { ok: false, why: 'Everybody has answered: nobody is nudged.' }
  const people = [...owed.values()].flatMap(([first]) => first?.recipient.person?.name ?? [])
  if (people.length === 0) {
    const why = 'Nobody who owes an update can be reached in chat, and nobody of your office.'
    return { ok: false, why }
  }
  const projects = new Set([...owed.values()].flat().map(({ project }) => project.id)).size
  const rest = people.length - most.nudged
  const named = [...people.slice(0, most.nudged), ...(rest > 0 ? [`${rest} more`] : [])]
  const are = people.length === 1 ? 'is' : 'are'
  return {
    ok: true,
    lines: [
      `${plural(people.length, 'person', 'people')} ${are} nudged about ${plural(projects, 'project')}: ${listOf(named)}.`,
      'Each gets one message in private: within a minute where they are at work now, else when they next are, while the round is open.',
    ],
  }
}
