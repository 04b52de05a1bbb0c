import { Refusal } from '../../../../base/errors.ts'
import {
  type Command,
  type CommandContext,
  defineCommand,
  optionalText,
} from '../../../../chat/commands.ts'
import { slot } from '../../../../chat/grammar.ts'
import { requireSafeguardingAnswer } from '../../../../domain/checks/safeguarding-guard.ts'
import { parseAsAtDate } from '../../../../domain/deadlines/date-args.ts'
import {
  addPaperDraft,
  loadPaperDraft,
  type NewDraft,
} from '../../../../domain/papers/draft-store.ts'
import { loadIssuedPaper } from '../../../../domain/papers/issued-papers.ts'
import { findProgrammeTo } from '../../../../domain/plan/lookup.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import { layoutByKey } from '../layouts/registry.ts'
import { paperArgs, paperSlots } from '../paper-command.ts'
import { draftArgs, findDraftTo, numberedArgs } from './find-draft.ts'
import { closeApprovalCards } from './messages.ts'
import { type ContentRequest, loadPaperContent } from './paper-content.ts'
import { sendDraft } from './send-numbered.ts'

/** Freezes what a paper says, before the office and the sponsor look at it: a new one, one again, or a correction. */

const { layout, subject, audience, date, programme } = paperSlots

const paperDraft = defineCommand({
  name: 'paper-draft',
  usages: ['paper draft <layout> [about <subject>] [to <audience>] [on <date>] [for <programme>]'],
  slots: { layout, subject, audience, date, programme },
  examples: [
    'paper draft overview',
    'paper draft highlight about 2.1 to internal on 3 Mar for W17',
  ],
  authority: ['publish digest'],
  summary:
    'Freeze what a paper says and give it its number, before it is looked at and issued. For the programme office.',
  args: paperArgs.omit({ format: true }),
  run: async (context, { layout: key, subject, audience, date: on, programme }) => {
    const found = await findProgrammeTo(context, 'publish digest', programme)
    return freeze(context, found, { layout: layoutByKey(key), subject, audience }, on)
  },
})

const paperRedraft = defineCommand({
  name: 'paper-redraft',
  usages: ['paper <number> draft [on <date>] [for <programme>]'],
  slots: { number: slot.position, date, programme },
  examples: ['paper 3 draft', 'paper 3 draft on 3 Mar for W17'],
  authority: ['publish digest'],
  summary:
    'Freeze a draft again, with what is true by now: it has to be checked and approved again. For the programme office.',
  args: draftArgs.extend({ date: optionalText }),
  run: async (context, args) => {
    const { programme: found, draft } = await findDraftTo(context, 'publish digest', 'draft', args)
    await closeApprovalCards(context.tx, draft, 'It was drafted again.', context.now)
    const { number, edition, version, corrects } = draft
    const of = { number, edition, version: version + 1, corrects }
    return freeze(context, found, requestOf(draft), args.date, of)
  },
})

const paperCorrect = defineCommand({
  name: 'paper-correct',
  usages: [
    'paper <number> correct [on <date>] [for <programme>] [because <reason>] [words are fine because <fine>]',
  ],
  slots: { number: slot.position, date, programme, reason: slot.text, fine: slot.text },
  examples: ['paper 3 correct because the budget of 2.1 was too low'],
  authority: ['publish digest'],
  summary:
    'Draft the next edition of an issued paper, which says what it corrects. The earlier one stays as it is. For the programme office.',
  args: numberedArgs.extend({ date: optionalText, reason: optionalText, fine: optionalText }),
  run: async (context, { number, reason, fine, date: on, programme: key }) => {
    const { tx, prefix } = context
    const found = await findProgrammeTo(context, 'publish digest', key)
    const issued = await loadIssuedPaper(tx, found, number)
    if (!reason) {
      throw new Refusal(
        `Say what it corrects: ${prefix} paper ${number} correct because … Nothing was saved.`,
      )
    }
    const drafted = await loadPaperDraft(tx, found, number)
    if (drafted && drafted.edition > issued.edition) {
      throw new Refusal(
        `Edition ${drafted.edition} of paper ${number} is drafted already. To freeze it again: ${prefix} paper ${number} draft. Nothing was saved.`,
      )
    }
    const about = { programmeId: found.id, project: null }
    await requireSafeguardingAnswer(context, about, [reason], fine)
    const of = { number, edition: issued.edition + 1, version: 1, corrects: reason }
    return freeze(context, found, requestOf(issued), on, of)
  },
})

type Asked = Pick<ContentRequest, 'layout' | 'subject' | 'audience'>

const requestOf = (paper: {
  readonly layout: string
  readonly subject: string | null
  readonly audience: Asked['audience']
}): Asked => ({
  layout: layoutByKey(paper.layout),
  subject: paper.subject ?? undefined,
  audience: paper.audience,
})

async function freeze(
  context: CommandContext,
  found: Programme,
  asked: Asked,
  on: string | undefined,
  of?: NewDraft['of'],
): ReturnType<typeof sendDraft> {
  const { tx, actor, today, now } = context
  const content = await loadPaperContent(tx, {
    ...asked,
    ...{ programme: found, today, asAt: parseAsAtDate(on, today) },
  })
  const drafted = { ...content, byId: actor.personId, now, ...(of && { of }) }
  const draft = await addPaperDraft(tx, found, drafted)
  const which = `${draft.number}${draft.edition > 1 ? `, edition ${draft.edition},` : ''}`
  const heading = `Saved: paper ${which} is drafted`
  return sendDraft(context, { programme: found, draft, format: 'word', heading })
}

export const draftCommands: readonly Command[] = [paperDraft, paperRedraft, paperCorrect]
