import { z } from 'zod'
import { defineQuery, optionalText, type QueryContext } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { checkCountText } from '../../domain/checks/format.ts'
import { loadOpenChecks } from '../../domain/checks/store.ts'
import { findProgramme, mayIn } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { type Audience, audiences } from '../../domain/programme/audience.ts'
import { parseScope } from '../../domain/schedule/scope.ts'
import { mismatchCountText } from '../../domain/status/mismatches.ts'
import { previewDigest } from './approval/preview.ts'
import { paginateDigest } from './rendering/paginate.ts'

const audienceArg = z
  .string()
  .toLowerCase()
  .pipe(z.enum(audiences))
  .optional()
  .transform((named): Audience => named ?? 'board')

export const previewCommand = defineQuery({
  name: 'digest',
  usages: ['digest [to <audience>] [about <scope>] [for <programme>]'],
  slots: { audience: oneOf(...audiences), scope: slot.text, programme: slot.text },
  examples: ['digest', 'digest to internal about 2, Ofsted for W17'],
  authority: ['read plan', 'run programme'],
  summary:
    'The digest as it would be posted now, to you alone: for the board, or “to internal”, “to public”; about the whole, or “about 2, Ofsted”.',
  args: z.object({ audience: audienceArg, scope: optionalText, programme: optionalText }),
  run: async ({ tx, actor, today, prefix }, args) => {
    const programme = await findProgramme(tx, actor, args.programme)
    const plan = await loadPlan(tx, programme.id, today)
    const to = { audience: args.audience, scope: parseScope(args.scope, plan) }
    const content = await previewDigest(tx, plan, to)
    const notes = await officeOnlyNotes({ tx, actor, prefix }, plan)
    const [root] = paginateDigest({ ...content, notes: [...content.notes, ...notes] }, prefix)
    return { card: root }
  },
})

/** What only the programme office sees before a digest goes out: where states and criteria differ, and open checks. */
async function officeOnlyNotes(
  { tx, actor, prefix }: Pick<QueryContext, 'tx' | 'actor' | 'prefix'>,
  plan: Plan,
): Promise<string[]> {
  if (!(await mayIn({ tx, actor }, 'run programme', plan.programme))) return []
  const differing = mismatchCountText(plan)
  const open = checkCountText(await loadOpenChecks(tx, plan))
  return [
    ...(differing ? [`Only you see this: ${differing}. ${prefix} mismatches lists them.`] : []),
    ...(open ? [`Only you see this: ${open}. ${prefix} checks lists them.`] : []),
  ]
}
