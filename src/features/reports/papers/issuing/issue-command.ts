import { Refusal } from '../../../../base/errors.ts'
import { defineCommand } from '../../../../chat/commands.ts'
import { parseAsAtDate } from '../../../../domain/deadlines/date-args.ts'
import { issuePaper } from '../../../../domain/papers/issued-papers.ts'
import { paperSetting } from '../../../../domain/papers/settings.ts'
import { findProgrammeTo } from '../../../../domain/plan/lookup.ts'
import { layoutByKey } from '../layouts/registry.ts'
import { paperArgs, paperSlots } from '../paper-command.ts'
import { loadPaperContent, withDates } from './paper-content.ts'
import { sendIssued } from './send-numbered.ts'

/** Issues a paper in one step, where no sponsor has to approve it. */
export const paperIssue = defineCommand({
  name: 'paper-issue',
  usages: [
    'paper issue <layout> [about <subject>] [as <format>] [to <audience>] [on <date>] [for <programme>]',
  ],
  slots: paperSlots,
  examples: ['paper issue overview', 'paper issue highlight about 2.1 as pdf to board for W17'],
  authority: ['publish digest'],
  summary:
    'Issue a paper under a number, where no sponsor approves it first: it is frozen, and “paper 3 changes” lists what is otherwise since. For the programme office.',
  args: paperArgs,
  run: async (context, args) => {
    const { tx, actor, today, now } = context
    const layout = layoutByKey(args.layout)
    const programme = await findProgrammeTo(context, 'publish digest', args.programme)
    const { audience, subject } = args
    if (paperSetting.of(programme.settings).approval) {
      throw new Refusal(
        `Papers of ${programme.title} wait for its sponsor, so they are drafted first: ${context.prefix} paper draft ${layout.key}. Nothing was saved.`,
      )
    }
    const drafted = await loadPaperContent(tx, {
      ...{ programme, layout, subject, audience, today },
      asAt: parseAsAtDate(args.date, today),
    })
    const { content, ...facts } = drafted
    const issued = await issuePaper(tx, programme, {
      ...{ ...facts, issuedAt: now, issuedById: actor.personId },
      compose: (number) =>
        withDates(
          content,
          number,
          { ...facts, edition: 1, corrects: null, issuedAt: now },
          programme.zone,
        ),
    })
    const heading = `Saved: paper ${issued.number} is issued`
    return sendIssued(context, { programme, issued, format: args.format, heading })
  },
})
