import { hashOfShortCode, newShortCode } from '../../base/short-code.ts'
import { Prisma, type Tx } from '../../infra/db.ts'
import type { AccountKey } from './accounts.ts'

const minuteMs = 60_000
export const linkCodeMinutes = 10
/** In an hour, from one account; then it may type no more until that hour is over. */
const maxWrongGuesses = 5
const guessWindowMs = 60 * minuteMs

const keyOf = ({ platform, tenant, user }: AccountKey) => ({ platform, tenant, user })
const whereOf = (account: AccountKey) => ({ platform_tenant_user: keyOf(account) })

/** A code for this account, in place of the one that it had. It is good once, for ten minutes. */
export async function giveLinkCode(tx: Tx, account: AccountKey, now: Date): Promise<string> {
  const code = newShortCode()
  const given = {
    codeHash: hashOfShortCode(code),
    expiresAt: new Date(now.getTime() + linkCodeMinutes * minuteMs),
  }
  await tx.accountLinkCode.upsert({
    where: whereOf(account),
    create: { ...keyOf(account), ...given },
    update: given,
  })
  return code
}

/**
 * The account that was given this code, if it is still good. A wrong one is counted against the account that typed it;
 * 'too many' where it may type no more for now.
 */
export async function findLinkCode(
  tx: Tx,
  typedBy: AccountKey,
  typed: string,
  now: Date,
): Promise<AccountKey | 'wrong' | 'too many'> {
  const since = new Date(now.getTime() - guessWindowMs)
  const own = await tx.accountLinkCode.findUnique({ where: whereOf(typedBy) })
  const hasGuessed = own?.guessedSince != null && own.guessedSince > since
  if (hasGuessed && own.wrongGuesses >= maxWrongGuesses) return 'too many'
  const found = await tx.accountLinkCode.findUnique({
    where: { codeHash: hashOfShortCode(typed), expiresAt: { gt: now } },
  })
  if (found) return keyOf(found)
  const guesses = hasGuessed
    ? { wrongGuesses: { increment: 1 } }
    : { wrongGuesses: 1, guessedSince: now }
  await tx.accountLinkCode.upsert({
    where: whereOf(typedBy),
    create: { ...keyOf(typedBy), wrongGuesses: 1, guessedSince: now },
    update: guesses,
  })
  return 'wrong'
}

/** Uses a code up. False where somebody else has meanwhile. */
export async function useLinkCode(tx: Tx, typed: string): Promise<boolean> {
  const { count } = await tx.accountLinkCode.updateMany({
    where: { codeHash: hashOfShortCode(typed) },
    data: { codeHash: null, expiresAt: null },
  })
  return count === 1
}

/** Deletes codes that are not good any more, and wrong ones that count no more. */
export async function purgeLinkCodes(tx: Tx, now: Date): Promise<void> {
  await tx.$executeRaw`DELETE FROM "AccountLinkCode" one WHERE ${isOver(now)}`
}

export const isAnyLinkCodeOver = (now: Date): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM "AccountLinkCode" one WHERE ${isOver(now)})`

function isOver(now: Date): Prisma.Sql {
  const guessedBefore = new Date(now.getTime() - guessWindowMs)
  return Prisma.sql`(one."expiresAt" IS NULL OR one."expiresAt" <= ${now}::timestamptz)
    AND (one."guessedSince" IS NULL OR one."guessedSince" <= ${guessedBefore}::timestamptz)`
}
