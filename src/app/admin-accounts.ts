import type { AdminAccount } from '../authority/admins.ts'
import type { PlatformRegistry } from './platform-registry.ts'

/** The accounts of MILEPOST_ADMINS, and what is wrong with it, one line each: no line repeats an account. */
export function parseAdminAccounts(
  text: string,
  { definitions }: Pick<PlatformRegistry, 'definitions'>,
): { readonly admins: readonly AdminAccount[]; readonly problems: readonly string[] } {
  const names = definitions.map(({ name }) => name)
  // “whoami” shows a space behind the platform's name.
  const words = text
    .replaceAll(/:\s+/g, ':')
    .split(/[\s,;]+/)
    .filter(Boolean)
  const read = words.map(accountOf)
  const problems = read.flatMap((account, at) => problemOf(account, at, names) ?? [])
  return { admins: read.filter((account) => account !== undefined), problems }
}

function accountOf(word: string): AdminAccount | undefined {
  const [, platform, tenant, user] = /^([a-z]+):([^/:]+)\/([^/]+)$/i.exec(word) ?? []
  return platform && tenant && user ? { platform: platform.toLowerCase(), tenant, user } : undefined
}

function problemOf(
  account: AdminAccount | undefined,
  at: number,
  platforms: readonly string[],
): string | undefined {
  if (!account) {
    return `MILEPOST_ADMINS must be accounts, with commas between them, as in slack:T0123/U0456; number ${at + 1} is none`
  }
  if (platforms.includes(account.platform)) return undefined
  return `MILEPOST_ADMINS must be accounts of ${platforms.join(' or ')}; number ${at + 1} is of another platform`
}
