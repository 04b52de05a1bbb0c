import { z } from 'zod'
import { officeMembers } from '../../authority/programme-roles.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../chat/commands.ts'
import { addForm } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { type FoundProject, requirePersonId } from '../../domain/plan/lookup.ts'
import type { Tx } from '../../infra/db.ts'
import type { SentMessage } from '../../outbox/find-message.ts'
import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { enqueue, setCardInPlace } from '../../outbox/outbox.ts'
import { findProjectForOffice } from './office-lookup.ts'

/** Milestones that leads ask for, where their programme office wants to be asked first. */

/** To everybody in the programme office. */
export const milestoneRequestKind = defineMessageKind({
  kind: 'milestone-request',
  title: 'Milestone asked for',
  authority: 'run programme',
  isFailureReported: false,
  redraw: redrawRequest,
})

/** To the lead who asked. */
export const milestoneAnswerKind = defineMessageKind({
  kind: 'milestone-answer',
  title: 'Answer about a milestone',
  authority: 'read plan',
})

/** Which request is answered, and who made it: what its buttons carry. */
export const requestArgs = { request: z.uuid().optional(), asker: z.uuid().optional() }

export interface MilestoneRequest {
  readonly request?: string | undefined
  readonly asker?: string | undefined
}

/** Asks the office for a milestone. @throws Refusal where nobody in it can be reached in chat */
export async function requestMilestone(
  context: CommandContext,
  found: FoundProject,
  milestone: { readonly text: string; readonly column?: string },
): Promise<CommandResult> {
  const { tx, actor, now } = context
  const { id: project, programme } = found
  const asker = requirePersonId(actor)
  const request = newId()
  const { text } = milestone
  const data = { project, ...milestone, request, asker }
  const requestCard = () =>
    noticeCard({
      heading: 'A milestone is asked for',
      lines: [`${actor.name} asks for a milestone of ${formatProject(found)}:`, text],
      buttons: [
        { title: 'Add', verb: 'add-milestone', data },
        { title: 'Not now…', verb: 'decline-milestone:form', data },
      ],
    })
  let sent = 0
  for (const { personId } of await officeMembers(tx, [programme.id])) {
    const place = await directPlaceOf(tx, personId)
    if (!place) continue
    const card = await inLanguageOf(tx, personId, requestCard)
    const why = [`You are in the programme office of ${programme.title}.`]
    const key = `milestone-request:${request}:${personId}`
    const message = { key, kind: milestoneRequestKind, place, card, personId, why }
    if (await enqueue(tx, { ...message, programmeIds: [programme.id] }, now)) sent += 1
  }
  if (sent === 0) {
    throw new Refusal(
      `Nobody in the programme office of ${programme.title} can be reached in chat. Please tell it what to add. Nothing was saved.`,
    )
  }
  const lines = ['Your programme office is asked, and you hear what it says.', text]
  const asked = noticeCard({
    heading: 'Asked',
    lines: [formatProject(found), ...lines],
    buttons: [],
  })
  return { card: asked, heardIn: { programmeId: programme.id } }
}

/** Tells who asked. @throws Refusal where somebody in the office has answered already */
export async function answerRequest(
  { tx, now }: CommandContext,
  { programme }: FoundProject,
  { request, asker }: MilestoneRequest,
  lines: string[],
): Promise<void> {
  const place = asker ? await directPlaceOf(tx, asker) : null
  if (!request || !asker || !place) return
  const card = await inLanguageOf(tx, asker, () =>
    noticeCard({ heading: 'Your milestone', lines, buttons: [] }),
  )
  const message = { key: `milestone-answer:${request}`, kind: milestoneAnswerKind, place, card }
  const why = ['You asked for a milestone.']
  const told = { ...message, personId: asker, why, programmeIds: [programme.id] }
  if (await enqueue(tx, told, now)) return
  throw new Refusal('Somebody in the programme office answered that already. Nothing was saved.')
}

const formValues = z.looseObject({
  project: z.string(),
  text: z.string().catch(''),
  reason: z.string().optional(),
  request: z.string().catch(''),
  asker: z.string().catch(''),
})

export const declineMilestone = defineCommand({
  name: 'decline-milestone',
  usages: ['decline milestone <project> <text> [because <reason>]'],
  slots: { project: slot.project, text: slot.textUpToBecause, reason: slot.text },
  examples: ['decline milestone 2.1 Publish in June because the board decides in July'],
  authority: ['change plan'],
  notifies: 'office',
  summary:
    'Tell a lead who asked for a milestone that it is not added now, and why. For the programme office.',
  args: z.object({
    ...{ project: z.string(), text: z.string(), reason: optionalText, fine: optionalText },
    ...requestArgs,
  }),
  run: async (context, args) => {
    const found = await findProjectForOffice(context, args.project)
    const { text, reason } = args
    if (!reason) throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
    const subject = safeguardingSubjectOf(context, found)
    await requireSafeguardingAnswer(context, subject, [reason], args.fine)
    const who = args.asker ? [args.asker] : found.leads
    const byId = requirePersonId(context.actor)
    const by = authorName(await namesOf(context.tx, [byId]), byId)
    const said = [formatProject(found), `Not added now: ${text}`, `${by} says why: ${reason}`]
    for (const asker of who) {
      await answerRequest(context, found, { request: args.request ?? newId(), asker }, said)
    }
    const line = `Not added: ${text}`
    const saved = savedResult([formatProject(found), line, `Reason: ${reason}`], line)
    return { ...saved, heardIn: { programmeId: found.programme.id } }
  },
  form: async (context, filled) => {
    const { project, text, request, asker, reason } = parseWith(formValues, filled.values)
    const found = await findProjectForOffice(context, project)
    const subject = safeguardingSubjectOf(context, found)
    const asked = { ...(request && { request }), ...(asker && { asker }) }
    return addForm(
      {
        ...{ heading: 'Not now', about: `${formatProject(found)}: ${text}`, button: 'Tell them' },
        ...{ verb: 'decline-milestone', data: { project: found.id, text, ...asked } },
        question: await safeguardingQuestion(context, subject, [reason]),
      },
      [{ id: 'reason', label: 'Why not now?', kind: 'long', present: '' }],
      filled,
    )
  },
})

/** The request with what became of it in place of its buttons. */
async function redrawRequest(tx: Tx, { id, card }: SentMessage, note: string | undefined) {
  if (note === undefined) return undefined
  const { heading, lines } = noticeCard.data.parse(card.data)
  const answered = noticeCard({ heading, lines: [...lines, note], buttons: [] })
  await setCardInPlace(tx, id, answered)
  return answered
}
