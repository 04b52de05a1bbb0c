import { createHash, randomBytes } from 'node:crypto'
import { mayInAll } from '../../authority/members.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'

/**
 * Links by which a calendar reads the dates of a plan. Whoever has the link reads them, so it cannot be guessed, is kept
 * as a hash alone, ends with the right of the person who asked for it, and can be revoked.
 */
export interface DateLink {
  readonly programmeId: string
  readonly personId: string
  /** The whole plan; else the projects that this person leads. */
  readonly isWhole: boolean
}

/** 32 random bytes: nobody tries 2^256 of them. */
const tokenBytes = 32
const tokenPattern = /^[\w-]{43}$/

export const hashOfDateToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex')

/** Makes a link, in place of what the person had of the same programme and reach, and gives its token. */
export async function makeDateLink(tx: Tx, link: DateLink, now: Date): Promise<string> {
  await tx.dateLink.deleteMany({ where: { ...link } })
  const token = randomBytes(tokenBytes).toString('base64url')
  await tx.dateLink.create({
    data: { id: newId(), ...link, tokenHash: hashOfDateToken(token), madeAt: now },
  })
  return token
}

/** Revokes a person's links into a programme at once, and gives how many they were. */
export async function revokeDateLinks(
  tx: Tx,
  { programmeId, personId }: Omit<DateLink, 'isWhole'>,
): Promise<number> {
  const { count } = await tx.dateLink.deleteMany({ where: { programmeId, personId } })
  return count
}

/** What a token leads to; undefined where it leads nowhere, or whoever made it may not read the plan any more. */
export async function findDateLink(tx: ReadTx, token: string): Promise<DateLink | undefined> {
  if (!tokenPattern.test(token)) return undefined
  const row = await tx.dateLink.findUnique({ where: { tokenHash: hashOfDateToken(token) } })
  if (!row) return undefined
  const { programmeId, personId, isWhole } = row
  const may = await mayInAll(tx, personId, 'read plan', [programmeId])
  return may ? { programmeId, personId, isWhole } : undefined
}
