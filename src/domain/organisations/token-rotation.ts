import { decrypt, encrypt, type KeyRing, keyIdOf } from '../../base/encryption.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { aboutCredentials } from './credentials.ts'

/** Which key each token is encrypted by. */
export interface TokenKeyUse {
  readonly platform: string
  readonly tenant: string
  readonly name: string | null
  readonly keyId: string
}

export async function loadTokenKeyUses(tx: ReadTx): Promise<TokenKeyUse[]> {
  const rows = await tx.workspaceInstallation.findMany({
    where: { credentials: { not: null } },
    select: { platform: true, tenant: true, name: true, credentials: true },
    orderBy: [{ platform: 'asc' }, { tenant: 'asc' }],
  })
  return rows.map(({ credentials, ...row }) => ({ ...row, keyId: keyIdOf(credentials ?? '') }))
}

/** Those whose key is not there any more, and those that an earlier key encrypts. */
export function outdatedUses(
  uses: readonly TokenKeyUse[],
  keyRing: KeyRing | undefined,
): { readonly lost: readonly TokenKeyUse[]; readonly earlier: readonly TokenKeyUse[] } {
  const known = new Set(keyRing?.all.map(({ id }) => id))
  return {
    lost: uses.filter(({ keyId }) => !known.has(keyId)),
    earlier: uses.filter(({ keyId }) => known.has(keyId) && keyId !== keyRing?.current.id),
  }
}

export interface TokenRotation {
  readonly rotated: number
  /** Whose key is not there any more: they stay as they are. */
  readonly lost: readonly TokenKeyUse[]
}

/** Encrypts every token by the current key. Run it in one transaction. */
export async function rotateTokens(tx: Tx, keyRing: KeyRing): Promise<TokenRotation> {
  const { lost, earlier } = outdatedUses(await loadTokenKeyUses(tx), keyRing)
  for (const { platform, tenant } of earlier) {
    const where = { platform_tenant: { platform, tenant } }
    const { credentials } = await tx.workspaceInstallation.findUniqueOrThrow({ where })
    if (credentials === null) continue
    const about = aboutCredentials({ platform, tenant })
    const text = decrypt(keyRing, credentials, about)
    await tx.workspaceInstallation.updateMany({
      // One that was installed again meanwhile is encrypted by the current key already.
      where: { platform, tenant, credentials },
      data: { credentials: encrypt(keyRing, text, about) },
    })
  }
  return { rotated: earlier.length, lost }
}
