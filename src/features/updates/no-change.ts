import { z } from 'zod'
import { onBehalfOf } from '../../authority/rights.ts'
import { fullDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { say } from '../../base/language.ts'
import { sourceOf } from '../../base/request-context.ts'
import { plural } from '../../base/text.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { type NoticeButton, noticeCard, unchangedResult, undoButton } from '../../chat/notice.ts'
import { answerButton, formatRaisedChecks } from '../../domain/checks/format.ts'
import { checksAfterUpdate } from '../../domain/checks/update-checks.ts'
import { lockPerson } from '../../domain/people/lock.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findEditableProject, findProgramme, requirePersonId } from '../../domain/plan/lookup.ts'
import type { Plan, Project, StatusUpdate } from '../../domain/plan/plan.ts'
import { loadRecentPlan, loadRecentProject, programmesOf } from '../../domain/plan/store.ts'
import { responseStatuses } from '../../domain/rounds/response-status.ts'
import { countingRound, roundsAt } from '../../domain/rounds/rules.ts'
import { loadRoundInputs, sinceLastRound } from '../../domain/rounds/store.ts'
import { goalOf, type Scheme, schemeOf } from '../../domain/scheme/schemes.ts'
import { formatProjectState } from '../../domain/status/format.ts'
import {
  checkAttestable,
  leadRepresentedBy,
  wasUpdatedOn,
} from '../../domain/status/no-change-rules.ts'
import { type RatingContext, ratingContextOf } from '../../domain/status/rating.ts'
import { appendAttestations } from '../../domain/status/store.ts'

/** "Nothing changed": repeats the last update on the person's day, marked in the history as an attestation. */
export const noChange = defineCommand({
  name: 'no-change',
  usages: ['no-change <project>', 'no-change all [for <programme>]', '<project> no-change'],
  slots: { project: slot.project, programme: slot.text },
  examples: ['no-change 2.1', 'no-change all', '2.1 no change'],
  authority: ['change project'],
  summary:
    'Say that nothing changed: what you last said of a project stands, as at today. “All” is everything of yours that owes its update.',
  args: z.object({ project: optionalText, programme: optionalText }),
  run: async (context, { project, programme }) => {
    // A button pressed twice sends two requests: the second one waits, and sees what the first one saved.
    await lockPerson(context.tx, requirePersonId(context.actor))
    return project ? attestOne(context, project) : attestAll(context, programme)
  },
})

async function attestOne(context: CommandContext, ref: string): Promise<CommandResult> {
  const { tx, today } = context
  const found = await findEditableProject(context, ref)
  const scheme = schemeOf(found.programme.settings)
  const project = await loadRecentProject(tx, found.id, today)
  const rating = ratingContextOf({ programme: found.programme, asAt: today })
  const can = checkAttestable(project, scheme, today)
  if (!can.ok) {
    const lines = [`${formatProject(project)} ${can.why}.`, updateInstruction, 'Nothing was saved.']
    return {
      card: noticeCard({ heading: 'Not saved', lines, buttons: updateButtons([project]) }),
    }
  }
  if (wasUpdatedOn(can.update, today)) {
    return unchangedResult([
      `${formatProject(project)}: ${formatProjectState(project, rating)}. That was said today already.`,
    ])
  }
  const onBehalfOfId = onBehalfOf(requirePersonId(context.actor), found)
  const said = repeatUpdate(context, can.update, onBehalfOfId)
  const raised = await checksAfterUpdate(context, found, said)
  await appendAttestations(context.tx, [{ project, update: said }])
  const state = formatProjectState(project, rating)
  const lines = [
    `${formatProject(project)} is still ${state}, as at ${fullDate(today)}. No change, attested by you.`,
    ...formatUpdateDetails(can.update, scheme),
    ...formatRaisedChecks(raised),
  ]
  const buttons = [...raised.map((one) => answerButton(one)), undoButton({ update: said.id })]
  return {
    card: noticeCard({ heading: say('Saved'), lines, buttons }),
    note: `${project.ref}: no change, ${state}`,
  }
}

const updateInstruction = 'Please say how it stands now, with Update.'

interface Attestation {
  readonly project: Project
  readonly update: StatusUpdate
}

/** Everything of one's own that owes its update, in one programme or in all of them. */
async function attestAll(context: CommandContext, key: string | undefined): Promise<CommandResult> {
  const { tx, actor, today } = context
  const personId = requirePersonId(actor)
  const programmes = key ? [await findProgramme(tx, actor, key)] : await programmesOf(tx, personId)
  const answers: AttestOutcome[] = []
  for (const { id } of programmes) {
    const plan = await loadRecentPlan(tx, id, today, sinceLastRound(tx, today))
    answers.push(...(await attestOutcomes(context, plan, personId)))
  }
  const attested = answers.flatMap((one) => one.attested ?? [])
  await appendAttestations(tx, attested)
  return attestAllReply(answers, context)
}

/** A project that owes its update: attested, or why it cannot be. */
interface AttestOutcome {
  readonly project: Project
  readonly rating: RatingContext
  readonly attested?: Attestation
  readonly why?: string
}

async function attestOutcomes(
  context: QueryContext,
  plan: Plan,
  personId: string,
): Promise<AttestOutcome[]> {
  const { tx, today, now } = context
  const rating = ratingContextOf({ programme: plan.programme, asAt: today })
  const round = countingRound(roundsAt(await loadRoundInputs(tx, plan.programme), now))
  // Between board meetings there may be no round: then it applies to all of their projects.
  const owed = round
    ? responseStatuses(plan, round).flatMap(({ status, project }) =>
        status === 'owed' ? project : [],
      )
    : plan.projects
  return owed.flatMap((project) => {
    const whose = leadRepresentedBy(plan, project, personId)
    if (!whose) return []
    const can = checkAttestable(project, rating.scheme, today)
    if (!can.ok) return { project, rating, why: can.why }
    if (wasUpdatedOn(can.update, today)) return []
    const onBehalfOfId = whose === personId ? null : whose
    return {
      project,
      rating,
      attested: { project, update: repeatUpdate(context, can.update, onBehalfOfId) },
    }
  })
}

/** How many projects an answer names; the rest are counted. */
const maxListedProjects = 20
/** How many buttons it has. */
const maxButtons = 5

function attestAllReply(answers: readonly AttestOutcome[], { today }: QueryContext): CommandResult {
  const attested = answers.filter((one) => one.attested)
  const others = answers.filter((one) => one.why)
  const left = others.map(({ project, why }) => `${formatProject(project)} ${why}.`)
  const open = [
    ...limitLines(left),
    ...(left.length > 0
      ? [left.length === 1 ? updateInstruction : 'Please say how they stand now, with Update.']
      : []),
  ]
  const buttons = updateButtons(others.map(({ project }) => project))
  if (attested.length === 0) {
    const lines =
      open.length > 0
        ? [...open, 'Nothing was saved.']
        : ['None of your own projects owes an update just now, thank you.']
    return { card: noticeCard({ heading: 'Nothing to attest', lines, buttons }) }
  }
  const what = plural(attested.length, 'project')
  const intro = `No change to ${what}, attested by you as at ${fullDate(today)}:`
  const rows = attested.map(
    ({ project, rating }) => `${formatProject(project)}: ${formatProjectState(project, rating)}`,
  )
  return {
    card: noticeCard({
      heading: say('Saved'),
      lines: [intro, ...limitLines(rows), ...open],
      buttons,
    }),
    note: `No change to ${what}: ${attested.map(({ project }) => project.ref).join(', ')}`,
  }
}

function limitLines(lines: readonly string[]): string[] {
  const more = lines.length - maxListedProjects
  return [...lines.slice(0, maxListedProjects), ...(more > 0 ? [`${more} more.`] : [])]
}

function updateButtons(projects: readonly Project[]): NoticeButton[] {
  return projects.slice(0, maxButtons).map(({ id, ref }) => ({
    title: projects.length === 1 ? 'Update' : `Update ${ref}`,
    verb: 'update:form',
    data: { project: id },
  }))
}

function formatUpdateDetails({ reason, path, greenBy }: StatusUpdate, scheme: Scheme): string[] {
  return [
    ...(reason ? [`Reason: ${reason}`] : []),
    ...(path ? [`Way back to ${goalOf(scheme).label}: ${path}`] : []),
    ...(greenBy ? [`Back to ${goalOf(scheme).label} by ${fullDate(greenBy)}.`] : []),
  ]
}

/**
 * Repeats the last update, word for word, as at the person's day. One that awaits confirmation still awaits it.
 * `onBehalfOfId`: the lead for whom a deputy attests.
 */
function repeatUpdate(
  { actor, now, today, ...asked }: QueryContext,
  update: StatusUpdate,
  onBehalfOfId: string | null,
): StatusUpdate {
  return {
    ...update,
    id: newId(),
    // Of an attestation that is attested again, the words are still the first one's.
    attestsId: update.attestsId ?? update.id,
    confirmedById: null,
    byId: requirePersonId(actor),
    onBehalfOfId,
    source: sourceOf(asked),
    onDay: today,
    at: now,
  }
}
