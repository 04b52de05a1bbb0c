import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { savedResult } from '../../../chat/notice.ts'
import { isSameAccount } from '../../../domain/people/accounts.ts'
import { unlinkAccount, unlinkOtherAccounts } from '../../../domain/people/identity-store.ts'
import { isInOtherProgramme } from '../../../domain/people/members.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { findPersonHere } from '../person-here.ts'
import { unlinkName } from './names.ts'

/** One account, by the button beside it; typed, all that the person has where the office asks. */
const chosenAccount = z.object({ platform: z.string(), tenant: z.string(), user: z.string() })

const unlinkArgs = z.object({
  ...{ person: z.string(), programme: optionalText },
  ...chosenAccount.partial().shape,
})

/** Takes back that an account is somebody's. What they said stays. */
export const peopleUnlink = defineCommand({
  name: unlinkName,
  usages: ['people unlink <person> [for <programme>]'],
  slots: { person: slot.text, programme: slot.word },
  examples: ['people unlink Asha Verity'],
  authority: ['run programme'],
  summary:
    'Take the account off somebody to whom it was linked by mistake. For the programme office.',
  args: unlinkArgs,
  run: async (context, args) => {
    const { tx, actor, place, platformTitle, prefix } = context
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const { id, name } = await findPersonHere(tx, programme.id, args.person)
    const chosen = chosenAccount.safeParse(args).data
    if (chosen) return unlinkOne(context, programme, { id, name }, chosen)
    if (id === actor.personId) throw new Refusal(ownAccountText)
    await lockProgramme(tx, programme.id)
    const { platform } = place
    const held = await tx.identity.count({ where: { personId: id, platform } })
    const title = platformTitle(platform)
    if (held === 0) throw new Refusal(`${name} has no account in ${title}. Nothing was changed.`)
    if (await isInOtherProgramme(tx, id, programme.id)) throw new Refusal(elsewhereText(name))
    await unlinkOtherAccounts(tx, id, platform, [])
    return savedResult([
      `${name} has no account in ${title} any more. What they said stays.`,
      `Whose it is: ${prefix} people match`,
    ])
  },
})

/** One that its platform calls gone serves nobody, so it is taken off whatever programmes its person is in. */
async function unlinkOne(
  { tx, actor, platformTitle, prefix }: CommandContext,
  { id: programmeId }: Programme,
  { id: personId, name }: { readonly id: string; readonly name: string },
  account: z.infer<typeof chosenAccount>,
): Promise<CommandResult> {
  if (isSameAccount(account, actor.identity)) throw new Refusal(ownAccountText)
  const { platform, tenant, user } = account
  await lockProgramme(tx, programmeId)
  const found = await tx.identity.findFirst({ where: { personId, platform, tenant, user } })
  if (!found) throw new Refusal(`${name} has that account no more. Nothing was changed.`)
  if (found.goneAt === null && (await isInOtherProgramme(tx, personId, programmeId)))
    throw new Refusal(elsewhereText(name))
  await unlinkAccount(tx, personId, account)
  return savedResult([
    `${user} in ${platformTitle(platform)} is no account of ${name} any more. What they said stays.`,
    `Those that they have: ${prefix} people accounts ${name}`,
  ])
}

const ownAccountText =
  'That is your own account, and without it nobody would know you. Ask another member of the programme office. Nothing was changed.'

const elsewhereText = (name: string) =>
  `${name} is in another programme, too, where the same account counts. Whoever runs Milepost can take it off in the people file. Nothing was changed.`
