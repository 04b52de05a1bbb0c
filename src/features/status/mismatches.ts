import { fullDate } from '../../base/dates.ts'
import { programmeArgs } from '../../chat/args.ts'
import { defineQuery } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { moneyMismatches } from '../../domain/money/rules.ts'
import { loadMoneyOfPlan } from '../../domain/money/store.ts'
import { formatProject, shortMilestoneText } from '../../domain/plan/format.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import { type Plan, unconfirmedUpdate } from '../../domain/plan/plan.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import { formatState, schemeOf, stateByKey } from '../../domain/scheme/schemes.ts'
import { type Mismatch, mismatchesOf } from '../../domain/status/mismatches.ts'

const maxListed = 15

export const mismatches = defineQuery({
  name: 'mismatches',
  usages: ['mismatches [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['mismatches'],
  authority: ['run programme'],
  summary:
    'Ratings that do not match the criteria, what waits for a second person, and money that does not add up. For the programme office.',
  args: programmeArgs,
  run: async ({ tx, actor, today }, args) => {
    const { id } = await findProgrammeTo({ tx, actor }, 'run programme', args.programme)
    const plan = await loadRecentPlan(tx, id, today)
    const lines = [
      ...mismatchesOf(plan).map(formatMismatch),
      ...formatAwaitingConfirmation(plan),
      ...moneyMismatches(plan, await loadMoneyOfPlan(tx, plan)),
    ]
    const more = lines.length - maxListed
    const heading = `Mismatches as at ${fullDate(today)}`
    if (lines.length === 0) lines.push('Every state agrees with its criteria, and nothing waits.')
    return {
      card: noticeCard({
        heading,
        lines: [
          ...lines.slice(0, maxListed),
          ...(more > 0 ? [`${more} more are not listed.`] : []),
        ],
        buttons: [],
      }),
    }
  },
})

function formatMismatch({
  project,
  declared,
  derived,
  tickedOn,
  divergenceReason,
}: Mismatch): string {
  const reason = divergenceReason ? `Reason: ${divergenceReason}` : 'No reason given.'
  return `${formatProject(project)} is ${formatState(declared)}; its criteria of ${fullDate(tickedOn)} come to ${formatState(derived)}. ${reason}`
}

function formatAwaitingConfirmation({ programme, projects }: Plan): string[] {
  const scheme = schemeOf(programme.settings)
  return projects.flatMap((project) => {
    const update = unconfirmedUpdate(project)
    const improved = update
      ? [
          `${formatProject(project)}: ${formatState(stateByKey(scheme, update.state))} since ${fullDate(update.onDay)} awaits confirmation.`,
        ]
      : []
    const done = project.milestones.filter(({ completion }) => completion?.awaitsConfirmation)
    return [
      ...improved,
      ...done.map(
        (one) =>
          `${formatProject(project)}: done, awaits confirmation: ${one.number}. ${shortMilestoneText(one)}`,
      ),
    ]
  })
}
