import { dateIn, fullDate, fullMoment, momentAt } from '../../../base/dates.ts'
import { officeHours } from '../../../domain/calendars/hours.ts'
import type { Project } from '../../../domain/plan/plan.ts'
import { type RoundStep, stepsOf, type UpdateRound } from '../../../domain/rounds/rules.ts'
import { formatState, schemeOf, stateByKey } from '../../../domain/scheme/schemes.ts'
import { checkAttestable } from '../../../domain/status/no-change-rules.ts'
import type { Finding, ItemView, OpenItem, RuleInput, Trigger } from '../finding.ts'
import type { RowButton } from '../reminder-data.ts'
import { loadUpdateAnswers } from '../row-answers.ts'
import { updateButton } from '../row-buttons.ts'
import { defineRule } from './rule.ts'
import { onOffSetting } from './rule-setting.ts'

/** A project whose update the open round waits for. */
export interface OwedUpdate extends OpenItem {
  readonly kind: 'round'
  readonly project: Project
  readonly round: UpdateRound
  /** Why "no change" cannot be recorded, as the end of a sentence about the project; null where it can. */
  readonly noChangeProblem: string | null
}

export const roundOpenRule = defineRule({
  name: 'round open',
  about: 'An update round opens',
  setting: onOffSetting('roundOpen', 'once, on the day it opens'),
  kind: 'round',
  loadAnswers: loadUpdateAnswers,
  find: (input, isOn) =>
    isOn ? roundFindings(input, input.owedRounds, 'opened', 'the update round opens') : [],
})

/** Sent once more to whoever has not answered. A nudge by the programme office is sent also where the rule is off. */
export const roundClosingRule = defineRule({
  name: 'round closing',
  about: 'The update round closes, and an update is owed',
  setting: onOffSetting('roundClosing', 'once, on the day the round nudges'),
  kind: 'round',
  loadAnswers: loadUpdateAnswers,
  find: (input, isOn) => {
    const rounds = input.owedRounds.filter(({ nudgedAt }) => isOn || nudgedAt !== null)
    return roundFindings(input, rounds, 'nudged', 'the update round closes soon')
  },
})

function roundFindings(
  input: RuleInput,
  rounds: readonly UpdateRound[],
  step: RoundStep['step'],
  ruleText: string,
): Finding[] {
  const { project, escalationLevel } = input
  if (!project || escalationLevel !== 'lead') return []
  const [finding] = rounds.flatMap((round): Finding[] => {
    const steps = stepsByTonight(input, round)
    if (steps.length === 0) return []
    const triggers = steps
      .filter((one) => one.step === step)
      .map(({ key }) => ({
        ...{ key: `${key}:${project.id}`, step: null, ruleText },
        ...nudgeException(input, round),
      }))
    const isClosing = steps.some((one) => one.step === 'nudged')
    return [
      {
        ...{ subject: `project:${project.id}`, triggers },
        item: owedUpdate(input, project, round, isClosing),
        ...{ isListedWhileOpen: true, hasBegun: true },
      },
    ]
  })
  return finding ? [finding] : []
}

/** The steps up to the end of the day: the day's one message also tells of a round that opens or closes later that day. */
function stepsByTonight(input: RuleInput, round: UpdateRound): readonly RoundStep[] {
  const { recipient, programme, day, now } = input
  if (now > round.closes) return []
  // A lead of ten projects is told of one round.
  const cache = stepsCache.get(round) ?? new Map<string, readonly RoundStep[]>()
  stepsCache.set(round, cache)
  const { person } = recipient
  const key = `${person?.id} ${day} ${now.getTime()}`
  const known = cache.get(key)
  if (known) return known
  const evening = momentAt(day, officeHours.until, person?.zone ?? programme.zone)
  const by = Math.min(Math.max(evening.getTime(), now.getTime()), round.closes.getTime())
  const steps = stepsOf(round, programme, person, new Date(by))
  cache.set(key, steps)
  return steps
}

const stepsCache = new WeakMap<UpdateRound, Map<string, readonly RoundStep[]>>()

/** A nudge by the programme office is worth a second message on its day. */
function nudgeException(
  { programme, day }: RuleInput,
  { nudgedAt }: UpdateRound,
): Pick<Trigger, 'dailyLimitException'> {
  return nudgedAt && dateIn(programme.zone, nudgedAt) === day
    ? { dailyLimitException: 'nudge' }
    : {}
}

function owedUpdate(
  { programme, day }: RuleInput,
  project: Project,
  round: UpdateRound,
  isClosing: boolean,
): OwedUpdate {
  const attest = checkAttestable(project, schemeOf(programme.settings), day)
  const noChangeProblem = attest.ok ? null : attest.why
  const facts = { project, round, noChangeProblem }
  return {
    ...{ kind: 'round', ...facts },
    format: () => owedUpdateView(facts, programme, isClosing),
  }
}

function owedUpdateView(
  { project, round, noChangeProblem }: Omit<OwedUpdate, 'kind' | 'format'>,
  { zone, settings }: RuleInput['programme'],
  isClosing: boolean,
): ItemView {
  const title = `${project.ref} ${project.title}`
  const scheme = schemeOf(settings)
  const [last] = project.updates
  const about = last
    ? `${formatState(stateByKey(scheme, last.state))}, as at ${fullDate(last.onDay)}`
    : 'Never rated'
  const when =
    noChangeProblem === null
      ? 'Anything new since then?'
      : `It needs an update: it ${noChangeProblem}`
  return {
    ...{ rank: isClosing ? 2 : 5, day: round.round, isOverdue: false },
    heading: `Update round: answer by ${fullMoment(round.closes, zone)}`,
    ...{ title, about, when, text: `${title}: ${about}. ${when}` },
    shortName: `${project.ref}'s update`,
    baseline: last?.id ?? '',
    buttons: roundButtons(project.id, noChangeProblem === null),
  }
}

function roundButtons(projectId: string, isNoChangeAllowed: boolean): RowButton[] {
  if (!isNoChangeAllowed) return [updateButton('positive', projectId)]
  return [
    { title: 'No change', verb: 'no-change', style: 'positive', data: { project: projectId } },
    updateButton('default', projectId),
  ]
}
