import { z } from 'zod'
import type { Command } from '../../chat/commands.ts'
import { type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { checkCount } from '../../domain/checks/format.ts'
import { checksIn } from '../../domain/checks/store.ts'
import { findProgramme, isProgrammeOffice } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { type Audience, audiences } from '../../domain/programme/settings.ts'
import { readScope } from '../../domain/schedule/scope.ts'
import { mismatchCount } from '../updates/mismatches.ts'
import { directionCommands } from './approval/approval-commands.ts'
import { previewDigest } from './approval/preview.ts'
import { issuedCommands } from './archive/archive-commands.ts'
import { channelCommands } from './posting/channel-commands.ts'
import { fitDigest } from './rendering/paginate.ts'

const audience = z
  .string()
  .toLowerCase()
  .pipe(z.enum(audiences))
  .optional()
  .transform((named): Audience => named ?? 'board')

export const preview = defineCommand({
  name: 'digest',
  tells: true,
  usages: ['digest [to <audience>] [about <scope>] [for <programme>]'],
  summary:
    'The digest as it would be posted now, to you alone: for the board, or “to internal”, “to public”; about the whole, or “about 2, Ofsted”.',
  args: z.object({ audience, scope: optionalText, programme: optionalText }),
  run: async ({ tx, actor, today, prefix }, args) => {
    const programme = await findProgramme(tx, actor, args.programme)
    const plan = await loadPlan(tx, programme.id, today)
    const to = { audience: args.audience, scope: readScope(args.scope, plan) }
    const content = await previewDigest(tx, plan, to)
    const notes = await forOffice({ tx, actor, prefix }, plan)
    const [root] = fitDigest({ ...content, notes: [...content.notes, ...notes] }, prefix)
    return { card: root }
  },
})

/** What only the programme office sees before a digest goes out: where states and criteria differ, and open checks. */
async function forOffice(
  { tx, actor, prefix }: Pick<Context, 'tx' | 'actor' | 'prefix'>,
  plan: Plan,
): Promise<string[]> {
  if (!(await isProgrammeOffice(tx, actor, plan.programme))) return []
  const differing = mismatchCount(plan)
  const open = checkCount(await checksIn(tx, plan))
  return [
    ...(differing ? [`Only you see this: ${differing}. ${prefix} mismatches lists them.`] : []),
    ...(open ? [`Only you see this: ${open}. ${prefix} checks lists them.`] : []),
  ]
}

/** All that can be asked of digests, what is asked most first. */
export const digestCommands: readonly Command[] = [
  preview,
  ...channelCommands,
  ...issuedCommands,
  ...directionCommands,
]
