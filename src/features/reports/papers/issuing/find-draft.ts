import { z } from 'zod'
import { loadProgrammeRoles } from '../../../../authority/programme-roles.ts'
import { authorise, may } from '../../../../authority/rights.ts'
import { Refusal } from '../../../../base/errors.ts'
import { programmeArgs } from '../../../../chat/args.ts'
import { type CommandContext, optionalText, type QueryContext } from '../../../../chat/commands.ts'
import {
  type DraftStep,
  formatDraftState,
  openSteps,
} from '../../../../domain/papers/draft-state.ts'
import { loadPaperDraft, type PaperDraft } from '../../../../domain/papers/draft-store.ts'
import { findIssuedPaper } from '../../../../domain/papers/issued-papers.ts'
import { paperSetting } from '../../../../domain/papers/settings.ts'
import { findProgramme, requirePersonId } from '../../../../domain/plan/lookup.ts'
import { lockProgramme } from '../../../../domain/programme/lock.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'

/** Which draft is meant, and whether the person may do this about it now. */

/** PostgreSQL's int ends at 2,147,483,647, and no programme issues a million papers. */
export const paperNumber = z.coerce
  .number()
  .int('Say which paper, by its number.')
  .min(1, 'Papers are numbered from 1.')
  .max(999_999, 'No paper has so high a number.')

export const numberedArgs = programmeArgs.extend({ number: paperNumber })

/** `draft`: the id of the draft that a button belongs to. */
export const draftArgs = numberedArgs.extend({ draft: optionalText })
type DraftArgs = z.infer<typeof draftArgs>

interface FoundDraft {
  readonly programme: Programme
  readonly draft: PaperDraft
}

/**
 * The draft, for a step that is open to it. Whoever decides about another paper of the programme at the same time waits.
 * @throws Refusal for whoever may not, and where the draft stands otherwise; it says how
 */
export async function findDraftTo(
  context: CommandContext,
  action: 'publish digest' | 'approve paper',
  step: DraftStep,
  args: DraftArgs,
): Promise<FoundDraft> {
  const programme = await findProgrammeFor(context, action, args.programme)
  await lockProgramme(context.tx, programme.id)
  return findOpenDraft(context, programme, step, args)
}

/** The same for a form, which only reads. */
export async function findDraftForForm(
  context: QueryContext,
  action: 'publish digest' | 'approve paper',
  step: DraftStep,
  args: DraftArgs,
): Promise<FoundDraft> {
  const programme = await findProgrammeFor(context, action, args.programme)
  return findOpenDraft(context, programme, step, args)
}

async function findOpenDraft(
  { tx, prefix }: QueryContext,
  programme: Programme,
  step: DraftStep,
  { number, draft: id }: DraftArgs,
): Promise<FoundDraft> {
  const draft = await loadPaperDraft(tx, programme, number)
  if (!draft) {
    const isIssued = (await findIssuedPaper(tx, programme, number)) !== undefined
    throw new Refusal(
      isIssued
        ? `Paper ${number} is issued. To correct it: ${prefix} paper ${number} correct because … Nothing was changed.`
        : `${programme.key} has no draft of a paper ${number}. Nothing was changed.`,
    )
  }
  if (id !== undefined && id !== draft.id) {
    throw new Refusal(
      `That button is about an earlier draft of paper ${number}. Nothing was changed.`,
    )
  }
  const needsApproval = paperSetting.of(programme.settings).approval
  if (!openSteps(draft.state, needsApproval).includes(step)) {
    const stands = formatDraftState(draft.state, draft.decisions.at(-1), needsApproval)
    throw new Refusal(`Paper ${number} ${stands}. Nothing was changed.`)
  }
  return { programme, draft }
}

/** @throws Refusal that says who does it, for a person who may not */
async function findProgrammeFor(
  context: QueryContext,
  action: 'publish digest' | 'approve paper',
  key: string | undefined,
): Promise<Programme> {
  const programme = await findProgramme(context.tx, context.actor, key)
  authorise(action, await relationTo(context, programme), programme.title)
  return programme
}

/** Whether the person decides about drafts of the programme, in its office or as its sponsor. */
export async function mayDecide(
  context: Pick<QueryContext, 'tx' | 'actor' | 'today'>,
  programme: Programme,
): Promise<boolean> {
  const relation = await relationTo(context, programme)
  return may('publish digest', relation) || may('approve paper', relation)
}

async function relationTo(
  { tx, actor, today }: Pick<QueryContext, 'tx' | 'actor' | 'today'>,
  { id: programmeId }: Programme,
) {
  const query = { personId: requirePersonId(actor), programmeId, today }
  return (await loadProgrammeRoles(tx, query)).toProgramme
}
