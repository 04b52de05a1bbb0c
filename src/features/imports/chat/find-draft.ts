import { Refusal } from '../../../base/errors.ts'
import { isId } from '../../../base/ids.ts'
import type { QueryContext } from '../../../chat/commands.ts'
import { programmesTo, requirePersonId } from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import type { ImportDraft } from '../drafts/draft.ts'
import { loadDraft } from '../drafts/draft-store.ts'
import type { PlacedDraft } from './sheet-kind.ts'

/** The programmes whose plan the person may change. @throws Refusal that says who does it, where there are none */
export const officeProgrammes = (context: QueryContext): Promise<Programme[]> =>
  programmesTo(context, 'change plan')

const goneText =
  'That sheet is not waiting any more: it was imported or cancelled, or it came more than a day ago. Nothing was changed now. Send it again to import it.'

/** The person's own draft: of that id, or their newest. @throws Refusal where there is none any more */
export async function requireDraft(
  { tx, actor, now }: QueryContext,
  id: string | undefined,
): Promise<ImportDraft> {
  const personId = requirePersonId(actor)
  if (id !== undefined && !isId(id)) throw new Refusal(goneText)
  const draft = await loadDraft(tx, { personId, now, ...(id === undefined ? {} : { id }) })
  if (draft) return draft
  throw new Refusal(
    id === undefined ? 'No sheet of yours is waiting. Nothing was changed.' : goneText,
  )
}

/**
 * The draft with its programme, where the person may still change its plan.
 * @throws Refusal where nobody has said yet into which programme it goes, or it is not theirs to change
 */
export async function placeDraft(context: QueryContext, draft: ImportDraft): Promise<PlacedDraft> {
  const office = await officeProgrammes(context)
  const programme = office.find(({ id }) => id === draft.programmeId)
  if (programme) return { ...draft, programme }
  const keys = office.map(({ key }) => key).join(', ')
  throw new Refusal(
    `Say first into which programme ${draft.fileName} goes: ${context.prefix} import into ${office[0]?.key}. You are in the office of ${keys}. Nothing was changed.`,
  )
}

/** The person's draft, placed. @throws Refusal */
export async function requirePlacedDraft(
  context: QueryContext,
  id: string | undefined,
): Promise<PlacedDraft> {
  // Who may not import learns nothing of drafts.
  await officeProgrammes(context)
  return placeDraft(context, await requireDraft(context, id))
}
