import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import { defineCommand, optionalText } from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { savedResult } from '../../../chat/notice.ts'
import { findMember } from '../../../domain/people/find-member.ts'
import { unlinkOtherAccounts } from '../../../domain/people/identity-store.ts'
import { isInOtherProgramme } from '../../../domain/people/members.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import { unlinkName } from './names.ts'

/** Takes back that an account is somebody's. What they said stays. */
export const peopleUnlink = defineCommand({
  name: unlinkName,
  usages: ['people unlink <person> [for <programme>]'],
  slots: { person: slot.text, programme: slot.word },
  examples: ['people unlink Asha Verity'],
  authority: ['run programme'],
  summary:
    'Take the account off somebody to whom it was linked by mistake. For the programme office.',
  args: z.object({ person: z.string(), programme: optionalText }),
  run: async (context, args) => {
    const { tx, actor, place, platformTitle, prefix } = context
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const { id, name } = await findMember(tx, [programme.id], args.person)
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

const ownAccountText =
  'That is your own account, and without it nobody would know you. Ask another member of the programme office. Nothing was changed.'

const elsewhereText = (name: string) =>
  `${name} is in another programme, too, where the same account counts. Whoever runs Milepost can take it off in the people file. Nothing was changed.`
