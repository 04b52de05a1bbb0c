import { z } from 'zod'
import type { Workspace } from '../../../base/addresses.ts'
import { Refusal } from '../../../base/errors.ts'
import { listOf } from '../../../base/text.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../../chat/notice.ts'
import { requireOrganisationOfPerson } from '../../../domain/organisations/organisations.ts'
import { linkAccount, personIdOfAccount } from '../../../domain/people/identity-store.ts'
import {
  findLinkCode,
  giveLinkCode,
  linkCodeMinutes,
  useLinkCode,
} from '../../../domain/people/link-codes.ts'
import { programmesOf } from '../../../domain/plan/store.ts'
import { tellOfJoinedAccount } from './link-messages.ts'

const name = 'link-account'

/** Joins two accounts of one person: a code from where they are known, typed where they are not. */
export const linkOwnAccount = defineCommand({
  name,
  usages: ['link [<code>]'],
  slots: { code: slot.text },
  examples: ['link', 'link BCDF-2345'],
  authority: ['ask for help'],
  summary:
    'Join your accounts: “link” where I know you gives a code for ten minutes, which you type where I do not.',
  args: z.object({ code: optionalText, sure: optionalText }),
  run: async (context, { code, sure }) => {
    if (!code) return codeFor(context)
    if (context.place.kind !== 'direct') return voidCode(context, code)
    return typeCode(context, code, sure !== undefined)
  },
})

const answer = (heading: string, ...lines: string[]): CommandResult => ({
  card: noticeCard({ heading, lines, buttons: [] }),
})

async function codeFor({ tx, actor, now, prefix }: CommandContext): Promise<CommandResult> {
  if (actor.personId === null) {
    return answer(
      'Where do I know you?',
      `Type “link” there. I give you a code, and you type it here: ${prefix} link and the code.`,
    )
  }
  const code = await giveLinkCode(tx, actor.identity, now)
  return answer(
    `Your code: ${code}`,
    `Write to me from your other account, in our own chat: link ${code}`,
    `It is good once, for ${linkCodeMinutes} minutes. Show it to nobody: who types it acts as ${actor.name}.`,
  )
}

/** Somebody who reads it there could type it first. */
async function voidCode({ tx, prefix }: CommandContext, code: string): Promise<CommandResult> {
  await useLinkCode(tx, code)
  return answer(
    'That code is void',
    `Others can read this conversation. Type ${prefix} link where I know you for a new one, and send it to me in our own chat.`,
  )
}

const wrongCode = () =>
  answer(
    'That code is not good',
    `It was mistyped, was used, or is older than ${linkCodeMinutes} minutes. Nothing was changed. Ask for a new one with “link” where I know you.`,
  )

async function typeCode(
  context: CommandContext,
  code: string,
  isSure: boolean,
): Promise<CommandResult> {
  const { tx, actor, now, platformTitle } = context
  const joined = actor.identity
  const known = await findLinkCode(tx, joined, code, now)
  if (known === 'too many') {
    return answer(
      'Too many wrong codes',
      'Try again in an hour, or ask your programme office to link the account. Nothing was changed.',
    )
  }
  const personId = known === 'wrong' ? null : await personIdOfAccount(tx, known)
  if (known === 'wrong' || personId === null) return wrongCode()
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  await assertMayJoin(context, known, person)
  if (!isSure) {
    const line = `The code was given to ${person.name} in ${platformTitle(known.platform)}. Only if you asked for it yourself: this account then acts as ${person.name}, and is written to as such.`
    const buttons = [{ title: 'Yes, that is me', verb: name, data: { code, sure: 'yes' } }]
    return { card: noticeCard({ heading: 'Is that you?', lines: [line], buttons }) }
  }
  if (!(await useLinkCode(tx, code))) return wrongCode()
  await linkAccount(tx, personId, joined)
  await tellOfJoinedAccount(context, { person, known, joined })
  return savedResult([
    `You are ${person.name} here from now on. Your programme office is told, and can take it back.`,
  ])
}

/**
 * What somebody may do does not move by a code: it could have been given to another person. @throws Refusal where the
 * account is theirs already, is in the same workspace or of another organisation, or belongs to somebody in a programme
 */
async function assertMayJoin(
  { tx, actor }: CommandContext,
  known: Workspace,
  person: { readonly id: string; readonly name: string },
): Promise<void> {
  const { identity } = actor
  if (actor.personId === person.id)
    throw new Refusal(`I know this account as ${actor.name} already. Nothing was changed.`)
  if (identity.platform === known.platform && identity.tenant === known.tenant)
    throw new Refusal(
      'That code was given in this very workspace, where a person has one account. Nothing was changed.',
    )
  await requireOrganisationOfPerson(tx, person.id, identity)
  const programmes = actor.personId ? await programmesOf(tx, actor.personId) : []
  if (programmes.length === 0) return
  const titles = listOf(programmes.map(({ title }) => title))
  throw new Refusal(
    `I know this account as ${actor.name}, who is in ${titles}. The programme office there makes one person of the two: “hand over ${actor.name} to ${person.name}” (as a mention where ${person.name} is not in it yet), and the button “Take out of the programme” below my answer. Then type a new code. Nothing was changed.`,
  )
}
