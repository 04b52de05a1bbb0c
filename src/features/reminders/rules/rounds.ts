import { dateIn, momentAt } from '../../../base/dates.ts'
import { officeHours } from '../../../domain/calendars/hours.ts'
import type { Project } from '../../../domain/plan/plan.ts'
import { type RoundStep, stepsOf, type UpdateRound } from '../../../domain/rounds/rules.ts'
import { formatState, schemeOf, stateByKey } from '../../../domain/scheme/schemes.ts'
import { checkAttestable } from '../../../domain/status/no-change-rules.ts'
import { remindersSetting } from '../settings.ts'
import type { Finding, RuleInput, Trigger } from '../types.ts'

/** An update round is open, and a project owes its update: said on the day it opens. */
export function findRoundOpening(seen: RuleInput): Finding[] {
  const isOn = remindersSetting.of(seen.programme.settings).roundOpen
  return isOn ? roundFindings(seen, 'opened', 'the update round opens') : []
}

/** The round closes soon: said once more, to who has not answered. A nudge by hand is said whatever the rules are. */
export function findRoundClosing(seen: RuleInput): Finding[] {
  const isOn = remindersSetting.of(seen.programme.settings).roundClosing
  const owing = seen.owedRounds.filter(({ nudgedAt }) => isOn || nudgedAt !== null)
  return roundFindings({ ...seen, owedRounds: owing }, 'nudged', 'the update round closes soon')
}

function roundFindings(seen: RuleInput, step: RoundStep['step'], ruleText: string): Finding[] {
  const { project, escalationLevel, owedRounds } = seen
  if (!project || escalationLevel !== 'lead') return []
  const [finding] = owedRounds.flatMap((round) => {
    const said = stepsToday(seen, round)
    const triggers = said
      .filter((one) => one.step === step)
      .map(({ key }) => ({
        key: `${key}:${project.id}`,
        step: null,
        ruleText,
        ...nudgeException(seen, round),
      }))
    return said.length > 0 ? findingOf(seen, project, round, triggers, said) : []
  })
  return finding ? [finding] : []
}

/** By the end of the day, so that the day's one message also tells of a round that opens or closes later that day. */
function stepsToday(seen: RuleInput, round: UpdateRound): readonly RoundStep[] {
  const { recipient, programme, day, now } = seen
  if (now > round.closes) return []
  // A lead of ten projects is told of one round.
  const steps = stepsCache.get(round) ?? new Map<string, readonly RoundStep[]>()
  stepsCache.set(round, steps)
  const { person } = recipient
  const key = `${person?.id} ${day} ${now.getTime()}`
  const known = steps.get(key)
  if (known) return known
  const evening = momentAt(day, officeHours.until, person?.zone ?? programme.zone)
  const by = Math.min(Math.max(evening.getTime(), now.getTime()), round.closes.getTime())
  const fresh = stepsOf(round, programme, person, new Date(by))
  steps.set(key, fresh)
  return fresh
}

const stepsCache = new WeakMap<UpdateRound, Map<string, readonly RoundStep[]>>()

/** The office pressed "nudge now": that is worth a message of its own. */
function nudgeException(
  { programme, day }: RuleInput,
  { nudgedAt }: UpdateRound,
): Pick<Trigger, 'dailyLimitException'> {
  return nudgedAt && dateIn(programme.zone, nudgedAt) === day
    ? { dailyLimitException: 'nudge' }
    : {}
}

function findingOf(
  { programme, day }: RuleInput,
  project: Project,
  round: UpdateRound,
  triggers: readonly Trigger[],
  said: readonly RoundStep[],
): Finding {
  const scheme = schemeOf(programme.settings)
  const can = checkAttestable(project, scheme, day)
  const state = formatState(stateByKey(scheme, project.updates[0]?.state ?? scheme.blank.key))
  const isClosing = said.some(({ step }) => step === 'nudged')
  const mustUpdate = can.ok ? null : can.why
  return {
    subject: `project:${project.id}`,
    item: { kind: 'round', project, round, isClosing, state, noChangeProblem: mustUpdate },
    triggers,
    isListedWhileOpen: true,
    hasBegun: true,
  }
}
