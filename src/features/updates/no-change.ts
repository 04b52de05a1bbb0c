import { z } from 'zod'
import { fullDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { plural } from '../../base/text.ts'
import { type Answer, type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { type NoticeButton, nothingToChange, noticeCard } from '../../chat/notice.ts'
import { answerButton, askedInWords } from '../../domain/checks/format.ts'
import { checksAfterUpdate } from '../../domain/checks/update-checks.ts'
import { named } from '../../domain/plan/format.ts'
import { findProgramme, knownPerson, projectToChange } from '../../domain/plan/lookup.ts'
import { answersFor } from '../../domain/plan/permissions.ts'
import type { Plan, Project, StatusUpdate } from '../../domain/plan/plan.ts'
import { loadPlan, loadProject, programmesOf } from '../../domain/plan/store.ts'
import { standingsIn } from '../../domain/rounds/response-status.ts'
import { countingRound, roundsAt } from '../../domain/rounds/rules.ts'
import { roundsOf } from '../../domain/rounds/store.ts'
import { goalOf, type Scheme, schemeOf } from '../../domain/scheme/schemes.ts'
import { attestable, leadAnsweredFor, wasSaidOn } from '../../domain/status/no-change-rules.ts'
import { Prisma, type Tx } from '../../infra/db.ts'
import { statedAs } from './views.ts'

/** "Nothing changed": what was said last, said again by a person on their day. It stands in the history as that. */
export const noChange = defineCommand({
  name: 'no-change',
  usages: ['no-change <project>', 'no-change all [for <programme>]', '<project> no-change'],
  summary:
    'Say that nothing changed: what you last said of a project stands, as at today. “All” is everything of yours that owes its update.',
  args: z.object({ project: optionalText, programme: optionalText }),
  run: async (context, { project, programme }) => {
    await oneAtATime(context.tx, knownPerson(context.actor))
    return project ? attestOne(context, project) : attestAll(context, programme)
  },
})

/** A button that is pressed twice comes as two requests: the second one waits, and finds what the first one stored. */
async function oneAtATime(tx: Tx, personId: string): Promise<void> {
  await tx.$queryRaw(
    Prisma.sql`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR NO KEY UPDATE`,
  )
}

async function attestOne(context: Context, ref: string): Promise<Answer> {
  const { tx, today } = context
  const found = await projectToChange(context, ref)
  const scheme = schemeOf(found.programme.settings)
  const project = await loadProject(tx, found.id, today)
  const can = attestable(project, scheme, today)
  if (!can.ok) {
    const lines = [`${named(project)} ${can.why}.`, sayHow, 'Nothing was stored.']
    return {
      card: noticeCard({ heading: 'Not stored yet', lines, buttons: updateButtons([project]) }),
    }
  }
  if (wasSaidOn(can.update, today)) {
    return nothingToChange([
      `${named(project)}: ${statedAs(project, scheme)}. That was said today already.`,
    ])
  }
  const forId = answersFor(knownPerson(context.actor), found)
  const said = saidAgain(context, can.update, forId)
  const raised = await checksAfterUpdate(context, found, said)
  await storeAttestations(context.tx, [{ project, said }])
  const state = statedAs(project, scheme)
  const lines = [
    `${named(project)} is still ${state}, as at ${fullDate(today)}. No change, attested by you.`,
    ...inWords(can.update, scheme),
    ...askedInWords(raised),
  ]
  return {
    card: noticeCard({ heading: 'Stored', lines, buttons: raised.map((one) => answerButton(one)) }),
    note: `${project.ref}: no change, ${state}`,
  }
}

const sayHow = 'Please say how it stands now, with Update.'

interface Attested {
  readonly project: Project
  readonly said: StatusUpdate
}

/** Everything of one's own that owes its update, in one programme or in all of them. */
async function attestAll(context: Context, key: string | undefined): Promise<Answer> {
  const { tx, actor, today } = context
  const personId = knownPerson(actor)
  const programmes = key ? [await findProgramme(tx, actor, key)] : await programmesOf(tx, personId)
  const answers: AnswerFor[] = []
  for (const { id } of programmes) {
    answers.push(...(await answersIn(context, await loadPlan(tx, id, today), personId)))
  }
  const attested = answers.flatMap((one) => one.attested ?? [])
  await storeAttestations(tx, attested)
  return toldAll(answers, context)
}

/** A project that owes its update: attested, or why it cannot be. */
interface AnswerFor {
  readonly project: Project
  readonly scheme: Scheme
  readonly attested?: Attested
  readonly why?: string
}

async function answersIn(context: Context, plan: Plan, personId: string): Promise<AnswerFor[]> {
  const { tx, today, now } = context
  const scheme = schemeOf(plan.programme.settings)
  const round = countingRound(roundsAt(await roundsOf(tx, plan.programme), now))
  // Between board meetings there may be no round: then everything of theirs is meant.
  const owed = round
    ? standingsIn(plan, round).flatMap(({ is, project }) => (is === 'owed' ? project : []))
    : plan.projects
  return owed.flatMap((project) => {
    const whose = leadAnsweredFor(plan, project, personId)
    if (!whose) return []
    const can = attestable(project, scheme, today)
    if (!can.ok) return { project, scheme, why: can.why }
    if (wasSaidOn(can.update, today)) return []
    const forId = whose === personId ? null : whose
    return { project, scheme, attested: { project, said: saidAgain(context, can.update, forId) } }
  })
}

/** How many projects an answer names; the rest are counted. */
const listed = 20
/** How many buttons it has. */
const offered = 5

function toldAll(answers: readonly AnswerFor[], { today }: Context): Answer {
  const attested = answers.filter((one) => one.attested)
  const others = answers.filter((one) => one.why)
  const left = others.map(({ project, why }) => `${named(project)} ${why}.`)
  const open = [
    ...some(left),
    ...(left.length > 0
      ? [left.length === 1 ? sayHow : 'Please say how they stand now, with Update.']
      : []),
  ]
  const buttons = updateButtons(others.map(({ project }) => project))
  if (attested.length === 0) {
    const lines =
      open.length > 0
        ? [...open, 'Nothing was stored.']
        : ['None of your own projects owes an update just now, thank you.']
    return { card: noticeCard({ heading: 'Nothing to attest', lines, buttons }) }
  }
  const what = plural(attested.length, 'project')
  const intro = `No change to ${what}, attested by you as at ${fullDate(today)}:`
  const rows = attested.map(
    ({ project, scheme }) => `${named(project)}: ${statedAs(project, scheme)}`,
  )
  return {
    card: noticeCard({ heading: 'Stored', lines: [intro, ...some(rows), ...open], buttons }),
    note: `No change to ${what}: ${attested.map(({ project }) => project.ref).join(', ')}`,
  }
}

function some(lines: readonly string[]): string[] {
  const more = lines.length - listed
  return [...lines.slice(0, listed), ...(more > 0 ? [`${more} more.`] : [])]
}

function updateButtons(projects: readonly Project[]): NoticeButton[] {
  return projects.slice(0, offered).map(({ id, ref }) => ({
    title: projects.length === 1 ? 'Update' : `Update ${ref}`,
    verb: 'update:form',
    data: { project: id },
  }))
}

function inWords({ reason, path, greenBy }: StatusUpdate, scheme: Scheme): string[] {
  return [
    ...(reason ? [`Reason: ${reason}`] : []),
    ...(path ? [`Path to green: ${path}`] : []),
    ...(greenBy ? [`${goalOf(scheme).label} by ${fullDate(greenBy)}.`] : []),
  ]
}

/**
 * The same statement again, word for word, as at the person's day. What awaits confirmation awaits it still. `forId`:
 * the lead for whom a deputy says it.
 */
function saidAgain(
  { actor, now, today, place }: Context,
  update: StatusUpdate,
  forId: string | null,
): StatusUpdate {
  return {
    ...update,
    id: newId(),
    // Of an attestation that is attested again, the words are still the first one's.
    attestsId: update.attestsId ?? update.id,
    confirmedById: null,
    byId: knownPerson(actor),
    forId,
    source: place.platform,
    onDay: today,
    at: now,
  }
}

async function storeAttestations(tx: Tx, attested: readonly Attested[]): Promise<void> {
  await tx.statusUpdate.createMany({
    data: attested.map(({ project, said }) => {
      const { awaitsConfirmation: toConfirm, confirmedById: _nobodyYet, ...row } = said
      return {
        ...{ ...row, projectId: project.id, toConfirm, criteria: [...said.criteria] },
        onDay: toDbDate(said.onDay),
        greenBy: said.greenBy && toDbDate(said.greenBy),
      }
    }),
  })
}
