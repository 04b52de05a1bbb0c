import { archivedRefusal } from '../../../../authority/refusals.ts'
import { fullDate, fullMoment } from '../../../../base/dates.ts'
import { plural } from '../../../../base/text.ts'
import { programmeArgs } from '../../../../chat/args.ts'
import { type Command, defineCommand, defineQuery } from '../../../../chat/commands.ts'
import { oneOf, slot } from '../../../../chat/grammar.ts'
import { noticeCard } from '../../../../chat/notice.ts'
import { diffPapers } from '../../../../domain/papers/diff-papers.ts'
import { formatDraftState } from '../../../../domain/papers/draft-state.ts'
import { loadOpenDrafts, loadPaperDraft } from '../../../../domain/papers/draft-store.ts'
import {
  findIssuedPaper,
  listIssuedPapers,
  loadIssuedPaper,
} from '../../../../domain/papers/issued-papers.ts'
import { paperSetting } from '../../../../domain/papers/settings.ts'
import { findProgramme } from '../../../../domain/plan/lookup.ts'
import { composePaper } from '../layout.ts'
import { layoutByKey } from '../layouts/registry.ts'
import { lowerCase } from '../paper-command.ts'
import { formatNames } from '../send-paper.ts'
import { loadPaperSnapshot } from '../snapshot.ts'
import { mayDecide, numberedArgs, paperNumber } from './find-draft.ts'
import { titleOf } from './paper-content.ts'
import { sendDraft, sendIssued } from './send-numbered.ts'

/** Papers that were issued: they have a number, their dates and their readers, and do not change any more. */

const paperAgain = defineCommand({
  name: 'paper-again',
  usages: [
    'paper <number> [as <format>] [for <programme>]',
    'paper <number> edition <edition> [as <format>] [for <programme>]',
  ],
  slots: {
    number: slot.position,
    edition: slot.position,
    format: oneOf(...Object.keys(formatNames)),
    programme: slot.word,
  },
  examples: ['paper 3', 'paper 3 as pdf for W17', 'paper 3 edition 1'],
  authority: ['read plan'],
  summary:
    'A paper as it was issued, in our direct message: its last edition, or an earlier one. A draft of it for those who decide about it.',
  args: numberedArgs.extend({
    format: lowerCase.default('word'),
    edition: paperNumber.optional(),
  }),
  run: async (context, { number, edition, format, programme: key }) => {
    const { tx, actor } = context
    const programme = await findProgramme(tx, actor, key)
    if (programme.isArchived) throw archivedRefusal()
    const issued = await findIssuedPaper(tx, programme, number, edition)
    const draft = issued ? undefined : await loadPaperDraft(tx, programme, number)
    if (draft && (await mayDecide(context, programme))) {
      return sendDraft(context, { programme, draft, format })
    }
    const found = issued ?? (await loadIssuedPaper(tx, programme, number, edition))
    return sendIssued(context, { programme, issued: found, format })
  },
})

const maxChangesShown = 20

const paperChanges = defineQuery({
  name: 'paper-changes',
  usages: ['paper <number> changes [for <programme>]'],
  slots: { number: slot.position, programme: slot.word },
  examples: ['paper 3 changes'],
  authority: ['read plan'],
  summary: 'What a paper would say otherwise today. The paper itself stays as it was issued.',
  args: numberedArgs,
  run: async ({ tx, actor, today }, { number, programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    const issued = await loadIssuedPaper(tx, programme, number)
    const { subject, audience: reader, content } = issued
    const layout = layoutByKey(issued.layout)
    const snapshot = await loadPaperSnapshot(tx, { programme, today, asAt: today, reader, layout })
    const now = composePaper(layout, snapshot, subject ?? undefined)
    const changes = diffPapers(content, now)
    const more = changes.length - maxChangesShown
    return {
      card: noticeCard({
        heading: `${titleOf(issued)}, and today`,
        lines:
          changes.length === 0
            ? ['Nothing in it has changed since it was issued.']
            : [
                `Changed since it was issued: ${plural(changes.length, 'line')}.`,
                ...changes.slice(0, maxChangesShown),
                ...(more > 0 ? [`${plural(more, 'more change')} not listed.`] : []),
              ],
        buttons: [],
      }),
    }
  },
})

const maxListed = 20

const paperList = defineQuery({
  name: 'papers',
  usages: ['papers [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['papers', 'papers for W17'],
  authority: ['read plan'],
  summary:
    'The papers that were issued, the last one first: number, dates, readers, and a hash of what each says.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const { tx, actor, prefix } = context
    const programme = await findProgramme(tx, actor, key)
    const drafts = (await mayDecide(context, programme)) ? await loadOpenDrafts(tx, programme) : []
    const needsApproval = paperSetting.of(programme.settings).approval
    const waiting = drafts.map((draft) => {
      const { state, decisions } = draft
      return `${titleOf(draft)} ${formatDraftState(state, decisions.at(-1), needsApproval)}.`
    })
    const papers = await listIssuedPapers(tx, programme, maxListed)
    const lines = papers.map((issued) => {
      const { issuedAt, approvedAt, meetingOn, dataFrom, hash } = issued
      return [
        `${titleOf(issued)}. Issued ${fullMoment(issuedAt, programme.zone)}`,
        approvedAt ? `approved ${fullMoment(approvedAt, programme.zone)}` : '',
        dataFrom ? `news since ${fullDate(dataFrom)}` : '',
        meetingOn ? `meeting ${fullDate(meetingOn)}` : '',
        `SHA-256 ${hash.slice(0, 12)}…`,
      ]
        .filter(Boolean)
        .join(', ')
    })
    const none = `No paper was issued yet. The programme office issues one: ${prefix} paper issue overview.`
    return {
      card: noticeCard({
        heading: `Papers of ${programme.title}`,
        lines: [...waiting, ...(lines.length > 0 ? lines : [none])],
        buttons: [],
      }),
    }
  },
})

export const issuedCommands: readonly Command[] = [paperAgain, paperChanges, paperList]
