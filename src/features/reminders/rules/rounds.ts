import { dateIn, momentAt } from '../../../base/dates.ts'
import { officeHours } from '../../../domain/calendars/hours.ts'
import type { Project } from '../../../domain/plan/plan.ts'
import { type RoundStep, stepsOf, type UpdateRound } from '../../../domain/rounds/rules.ts'
import { schemeOf, shown, stateByKey } from '../../../domain/scheme/schemes.ts'
import { attestable } from '../../../domain/status/no-change-rules.ts'
import type { Finding, Seen, Trigger } from '../types.ts'

/** An update round is open, and a project owes its update: said on the day it opens. */
export function roundOpen(seen: Seen): Finding[] {
  const isOn = seen.programme.settings.reminders.roundOpen
  return isOn ? owedIn(seen, 'opened', 'the update round opens') : []
}

/** The round closes soon: said once more, to who has not answered. A nudge by hand is said whatever the rules are. */
export function roundClosing(seen: Seen): Finding[] {
  const isOn = seen.programme.settings.reminders.roundClosing
  const owing = seen.owing.filter(({ nudgedAt }) => isOn || nudgedAt !== null)
  return owedIn({ ...seen, owing }, 'nudged', 'the update round closes soon')
}

function owedIn(seen: Seen, step: RoundStep['step'], rule: string): Finding[] {
  const { project, rung, owing } = seen
  if (!project || rung !== 'lead') return []
  const [finding] = owing.flatMap((round) => {
    const said = stepsToday(seen, round)
    const triggers = said
      .filter((one) => one.step === step)
      .map(({ key }) => ({ key: `${key}:${project.id}`, step: null, rule, ...apart(seen, round) }))
    return said.length > 0 ? findingOf(seen, project, round, triggers, said) : []
  })
  return finding ? [finding] : []
}

/** By the end of the day, so that the day's one message also tells of a round that opens or closes later that day. */
function stepsToday(seen: Seen, round: UpdateRound): readonly RoundStep[] {
  const { recipient, programme, day, now } = seen
  if (now > round.closes) return []
  // A lead of ten projects is told of one round.
  const steps = stepsKnown.get(round) ?? new Map<string, readonly RoundStep[]>()
  stepsKnown.set(round, steps)
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

const stepsKnown = new WeakMap<UpdateRound, Map<string, readonly RoundStep[]>>()

/** The office pressed "nudge now": that is worth a message of its own. */
function apart({ programme, day }: Seen, { nudgedAt }: UpdateRound): Pick<Trigger, 'apart'> {
  return nudgedAt && dateIn(programme.zone, nudgedAt) === day ? { apart: 'nudge' } : {}
}

function findingOf(
  { programme, day }: Seen,
  project: Project,
  round: UpdateRound,
  triggers: readonly Trigger[],
  said: readonly RoundStep[],
): Finding {
  const scheme = schemeOf(programme.settings)
  const can = attestable(project, scheme, day)
  const state = shown(stateByKey(scheme, project.updates[0]?.state ?? scheme.blank.key))
  const isClosing = said.some(({ step }) => step === 'nudged')
  const mustUpdate = can.ok ? null : can.why
  return {
    subject: `project:${project.id}`,
    thing: { kind: 'round', project, round, isClosing, state, mustUpdate },
    triggers,
    stays: true,
    hasBegun: true,
  }
}
