import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { listOf } from '../../base/text.ts'
import type { CommandContext, CommandResult } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { loadContactability } from '../../domain/people/contactability.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import { approversOf } from '../../domain/plan/approvers.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { type FoundMilestone, provenanceOf } from '../../domain/plan/milestones.ts'
import { type MoveRequest, requestMove } from '../../domain/plan/move-requests.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { closeRequestCards } from './move-answers.ts'
import { moveRequestKind, moveText, requestCard, requestKeyPrefix } from './move-messages.ts'

/** Moves of dates that wait for the sponsor, where the programme says so (`admin moves`). */

/**
 * Asks for a move instead of making it, and tells those who may agree. @throws Refusal where there is nobody else who
 * could agree and be reached
 */
export async function requestGovernedMove(
  context: CommandContext,
  found: FoundMilestone,
  { to, reason }: { readonly to: CivilDate; readonly reason: string },
  waits: string,
): Promise<CommandResult> {
  const { tx, actor, now, today } = context
  const { foundProject, project, milestone } = found
  const { programme } = foundProject
  const { due: from } = milestone
  if (from === null) throw new Error('A milestone without a day is moved at once')
  const byId = requirePersonId(actor)
  const plan = await loadRecentPlan(tx, programme.id, today)
  const query = { day: today, contactabilityOf: await loadContactability(tx, now) }
  const { people, instead } = approversOf(plan, project, byId, query)
  if (people.length === 0) {
    throw new Refusal(
      `That move waits for the sponsor, because ${waits}, and nobody who could agree can be reached in chat. Please tell your programme office. Nothing was saved.`,
    )
  }
  const said = { ...provenanceOf(context, foundProject), byId }
  const { request, replacedIds } = await requestMove(tx, milestone.id, { from, to, reason }, said)
  for (const id of replacedIds) await closeRequestCards(tx, id, anotherDayText, now)
  const why = [
    instead
      ? `You are asked as programme office: ${instead}.`
      : `You sponsor the workstream of ${project.ref}.`,
  ]
  for (const { id: personId } of people) {
    const place = await directPlaceOf(tx, personId)
    const key = `${requestKeyPrefix(request.id)}${personId}`
    const card = await inLanguageOf(tx, personId, () =>
      requestCard(found, request, { asker: actor.name, waits }),
    )
    const message = {
      key,
      kind: moveRequestKind,
      card,
      personId,
      why,
      programmeIds: [programme.id],
    }
    if (place) await enqueue(tx, { ...message, place }, now)
  }
  return {
    card: waitingCard(found, request, people, instead, waits),
    heardIn: { programmeId: programme.id },
  }
}

const anotherDayText = '→ Another day was asked for since, in a message of its own'

function waitingCard(
  found: FoundMilestone,
  request: MoveRequest,
  people: readonly { readonly name: string }[],
  instead: string | null,
  waits: string,
) {
  const names = listOf(people.map(({ name }) => name))
  const asked = instead ? `${names} of the programme office, because ${instead}` : names
  return noticeCard({
    heading: 'It waits to be agreed',
    lines: [
      formatProject(found.project),
      moveText(found, request),
      `Asked of ${asked}. It waits, because ${waits}.`,
      'The date stays as it is until then, and you hear what is decided.',
    ],
    buttons: [],
  })
}
