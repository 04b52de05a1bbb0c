import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { collapseWhitespace, fold } from '../../base/text.ts'
import type { CommandContext } from '../../chat/commands.ts'
import type { Mention } from '../../chat/request.ts'
import { findMember } from '../../domain/people/find-member.ts'
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
    const mention = context.mentions.find((each) => fold(each.text) === fold(name))
    return mention
      ? findMentioned(context, programmeId, mention, noteRemark)
      : (await findMember(context.tx, [programmeId], name)).id
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

/** @throws Refusal where the platform does not say who it is */
async function findMentioned(
  { tx, now, profile }: CommandContext,
  programmeId: string,
  { account, text }: Mention,
  noteRemark: NoteRemark,
): Promise<string> {
  const known = await personIdOfAccount(tx, account)
  if (known) return known
  const found = await profile(account)
  if (!found) {
    throw new Refusal(
      `I could not find out who ${text} is. Nothing was saved. Please try again in a minute, or write their name.`,
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
