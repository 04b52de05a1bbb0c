import { fullDate, fullMoment } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { buttonTo } from '../../chat/card-button.ts'
import type { PendingDecision } from '../../domain/digests/approval.ts'
import { deliveryState, type Plan } from '../../domain/plan/plan.ts'
import { coverageOf, responseStatuses } from '../../domain/rounds/response-status.ts'
import { type CurrentRounds, countingRound } from '../../domain/rounds/rules.ts'
import type { ScheduleRound } from '../../domain/schedule/schedule.ts'
import { mismatchCountText } from '../../domain/status/mismatches.ts'
import type { SectionDraft } from './fit-sections.ts'

/** What the programme office of one programme looks at: the round, the next digest, and what needs a hand. */
export interface OfficeInput {
  readonly plan: Plan
  readonly rounds: CurrentRounds | undefined
  /** The next digest, in whichever channel; undefined where no channel gets one. */
  readonly nextDigest: ScheduleRound | undefined
  readonly pending: PendingDecision | null
  readonly openChecks: number
  readonly undelivered: number
  readonly now: Date
  readonly prefix: string
}

const noRest = { noun: 'row', rest: '', share: 0, rows: [] }

export function officeSections(input: OfficeInput): SectionDraft[] {
  const { programme } = input.plan
  const data = { programme: programme.key }
  return [
    { ...noRest, heading: `Round of ${programme.title}`, ...roundPart(input) },
    { ...noRest, heading: 'Next digest', ...digestPart(input) },
    {
      ...noRest,
      heading: 'To look at',
      lines: attentionLines(input),
      buttons: [
        buttonTo('Checks', 'checks', data),
        buttonTo('Plan', 'projects', data),
        buttonTo('People', 'people', data),
        buttonTo('Settings', 'reminders', data),
      ],
    },
  ]
}

function roundPart({ plan, rounds, now }: OfficeInput) {
  const { programme } = plan
  const data = { programme: programme.key }
  const round = rounds && countingRound(rounds)
  if (!round) return { lines: ['No round is open, and none is to come.'], buttons: [] }
  const statuses = responseStatuses(plan, round)
  const { answered, of } = coverageOf(statuses)
  const isOpen = round.opens <= now
  const moment = fullMoment(isOpen ? round.closes : round.opens, programme.zone)
  const isOwed = statuses.some(({ status }) => status === 'owed')
  return {
    lines: [
      `It ${isOpen ? 'closes' : 'opens'} on ${moment}. ${answered} of ${plural(of, 'project')} answered.`,
    ],
    buttons: [
      buttonTo('Who answered', 'round', data),
      ...(isOpen && isOwed && !round.nudgedAt ? [buttonTo('Nudge now', 'round-nudge', data)] : []),
    ],
  }
}

function digestPart({ plan, nextDigest, pending, prefix }: OfficeInput) {
  const { key, zone } = plan.programme
  if (!nextDigest) {
    const how = `No channel gets it yet. In the channel that should, type: ${prefix} digest here weekly monday 09:00`
    return { lines: [how], buttons: [] }
  }
  const data = { programme: key }
  const when = `It is posted on ${fullMoment(nextDigest.moment, zone)}.`
  const step = pending === null ? 'hold' : pending.for === 'release' ? 'release' : 'approve'
  const titles = { hold: 'Hold', release: 'Release', approve: 'Approve' }
  return {
    lines: [pending === null ? when : `For ${fullDate(nextDigest.day)}: ${pendingText(pending)}.`],
    buttons: [buttonTo('Show it', 'digest', data), buttonTo(titles[step], `digest-${step}`, data)],
  }
}

function pendingText(pending: PendingDecision): string {
  if (pending.for === 'approval') return 'it waits for you to approve it'
  return `it is held by ${pending.by}${pending.because ? `: ${pending.because}` : ''}`
}

function attentionLines({ plan, openChecks, undelivered, prefix }: OfficeInput): string[] {
  const { projects, asAt } = plan
  const overdue = projects
    .flatMap(({ milestones }) => milestones)
    .filter((one) => deliveryState(one, asAt) === 'missed').length
  const unled = projects.filter(({ leads }) => leads.length === 0).length
  const mismatches = mismatchCountText(plan)
  const lines = [
    overdue > 0 && `${plural(overdue, 'milestone')} overdue: ${prefix} due`,
    openChecks > 0 && `${plural(openChecks, 'question')} before the board asks: ${prefix} checks`,
    mismatches !== '' && `${mismatches}: ${prefix} mismatches`,
    unled > 0 && `${plural(unled, 'project')} without a lead: ${prefix} people`,
    undelivered > 0 && `${plural(undelivered, 'message')} not delivered: ${prefix} ledger problems`,
  ].filter((line) => line !== false)
  return lines.length > 0 ? lines : ['Nothing needs a hand.']
}
