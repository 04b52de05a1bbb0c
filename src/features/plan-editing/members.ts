import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { findMention, type Mention } from '../../base/mentions.ts'
import { standingProblem } from '../../base/standing.ts'
import { collapseWhitespace } from '../../base/text.ts'
import type { CommandContext } from '../../chat/commands.ts'
import { findAnswerableMember } from '../../domain/people/answerable-member.ts'
import { personIdOfAccount } from '../../domain/people/identity-store.ts'
import { memberIdsOf } from '../../domain/people/members.ts'
import { personOfAccount } from '../../domain/people/mentioned-person.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { ReadTx } from '../../infra/db.ts'

/** Takes a sentence about what was changed besides, for the answer. */
export type NoteRemark = (remark: string) => void

/**
 * The people whom 'Asha Verity and Ben Okoro', 'Head of Learning and Skills', @mentions or ids name, in that order; for the
 * programme office alone, since a mention may link an account or add a person. The whole text is tried first, since a
 * post may contain "and". @throws Refusal that offers the nearest name
 */
export async function findMembers(
  context: CommandContext,
  programmeId: string,
  text: string,
  noteRemark: NoteRemark,
): Promise<string[]> {
  const idOf = async (name: string) => {
    if (isId(name)) return requireMember(context, programmeId, name)
    const mention = findMention(context.mentions, name)
    if (mention) return findMentioned(context, programmeId, mention, noteRemark)
    return (await findAnswerableMember(context, [programmeId], name)).id
  }
  const whole = await idOf(text.trim()).catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
  if (!(whole instanceof Refusal)) return [whole]
  const names = splitNames(text)
  if (names.length < 2) throw whole
  const ids: string[] = []
  for (const name of new Set(names)) ids.push(await idOf(name))
  return [...new Set(ids)]
}

/** Somebody who was chosen in a form. @throws Refusal where they have left the programme since */
async function requireMember(
  { tx }: CommandContext,
  programmeId: string,
  id: string,
): Promise<string> {
  if ((await memberIdsOf(tx, [programmeId])).includes(id)) return id
  throw new Refusal('Somebody whom you chose is not in the programme any more. Nothing was saved.')
}

/** 'Asha Verity, Ben Okoro & Cai Moss' taken apart. */
export function splitNames(text: string): string[] {
  return text
    .split(/[,;&+]|\sand\s/i)
    .map(collapseWhitespace)
    .filter(Boolean)
}

/**
 * @throws Refusal where the platform does not say who somebody unknown is, for whom nobody can answer, and for a guest
 * whom the office has not let in
 */
async function findMentioned(
  context: CommandContext,
  programmeId: string,
  { account, text }: Mention,
  noteRemark: NoteRemark,
): Promise<string> {
  const { tx, now, profile, prefix } = context
  const known = await personIdOfAccount(tx, account)
  const found = await profile(account)
  const problem = standingProblem(found?.standing)
  if (found && problem) throw new Refusal(`${found.displayName} ${problem} Nothing was saved.`)
  if (known) return known
  if (!found) {
    throw new Refusal(
      `I could not find out who ${text} is. Nothing was saved. Please try again in a minute, or write their name.`,
    )
  }
  if (found.standing === 'guest') {
    throw new Refusal(
      `${found.displayName} is a guest of your workspace, and would see the whole plan. Nothing was saved. To let them in first: ${prefix} make @name a viewer`,
    )
  }
  const named = { ...account, user: found.user ?? account.user }
  const person = { name: found.displayName, zone: found.zone }
  const { id, remark } = await personOfAccount(tx, programmeId, named, person, now)
  if (remark) noteRemark(remark)
  return id
}

/** 'Asha Verity, Ben Okoro', or 'none'. */
export async function formatMembers(tx: ReadTx, ids: readonly string[]): Promise<string> {
  const names = await namesOf(tx, ids)
  return ids.flatMap((id) => names.get(id) ?? []).join(', ') || 'none'
}
