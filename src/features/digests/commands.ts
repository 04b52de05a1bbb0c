import { z } from 'zod'
import { defineQuery, optionalText, type QueryContext } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { checkCountText } from '../../domain/checks/format.ts'
import { loadOpenChecks } from '../../domain/checks/store.ts'
import { loadDigestPlan } from '../../domain/digests/audience/load-input.ts'
import type { DigestContent } from '../../domain/digests/content/content.ts'
import { findProgramme, mayIn } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { type Audience, audiences } from '../../domain/programme/audience.ts'
import { parseScope } from '../../domain/schedule/scope.ts'
import { mismatchCountText } from '../../domain/status/mismatches.ts'
import { previewDigest } from './approval/preview.ts'
import { threadPartAt } from './archive/archive-commands.ts'
import { withRemarks } from './archive/edit-digest-message.ts'
import { formatMissingPaths } from './rendering/format.ts'
import { paginateDigest } from './rendering/paginate.ts'

const audienceArg = z
  .string()
  .toLowerCase()
  .pipe(z.enum(audiences))
  .optional()
  .transform((named): Audience => named ?? 'board')

export const previewCommand = defineQuery({
  name: 'digest',
  usages: [
    'digest [to <audience>] [about <scope>] [for <programme>]',
    'digest part <position> [to <audience>] [about <scope>] [for <programme>]',
  ],
  slots: {
    position: slot.position,
    audience: oneOf(...audiences),
    scope: slot.text,
    programme: slot.text,
  },
  examples: ['digest', 'digest to internal about 2, Ofsted for W17', 'digest part 1 to public'],
  authority: ['read plan', 'run programme'],
  summary:
    'The digest as it would be posted now, to you alone: for the board, or “to internal”, “to public”; about the whole, or “about 2, Ofsted”. “part 1” is what would follow in its thread.',
  args: z.object({
    audience: audienceArg,
    position: z.coerce.number().optional(),
    scope: optionalText,
    programme: optionalText,
  }),
  run: async ({ tx, actor, today, prefix }, args) => {
    const programme = await findProgramme(tx, actor, args.programme)
    const plan = await loadDigestPlan(tx, programme.id, today)
    const to = { audience: args.audience, scope: parseScope(args.scope, plan) }
    const content = await previewDigest(tx, plan, to)
    const [root, ...parts] = paginateDigest(content, prefix)
    if (args.position !== undefined) return { card: threadPartAt(parts, args.position) }
    const notes = await officeOnlyNotes({ tx, actor, prefix }, { plan, content })
    return { card: withRemarks(root, notes) }
  },
})

/**
 * What only the programme office sees before a digest goes out: where states and criteria differ, open checks, and
 * projects without a way back to Green, which are its work and not the board's.
 */
async function officeOnlyNotes(
  { tx, actor, prefix }: Pick<QueryContext, 'tx' | 'actor' | 'prefix'>,
  { plan, content }: { readonly plan: Plan; readonly content: DigestContent },
): Promise<string[]> {
  if (!(await mayIn({ tx, actor }, 'run programme', plan.programme))) return []
  const differing = mismatchCountText(plan)
  const pathless = formatMissingPaths(content)
  const open = checkCountText(await loadOpenChecks(tx, plan))
  return [
    ...(differing ? [`Only you see this: ${differing}. ${prefix} mismatches lists them.`] : []),
    ...(open ? [`Only you see this: ${open}. ${prefix} checks lists them.`] : []),
    ...(pathless ? [`Only you see this: ${pathless}`] : []),
  ]
}
