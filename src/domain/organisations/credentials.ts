import { z } from 'zod'
import type { Workspace } from '../../base/addresses.ts'
import { decrypt, encrypt, KeyMissingError, type KeyRing } from '../../base/encryption.ts'

/** What a workspace gave to speak with, as it is encrypted in its row. */

const schema = z.object({
  token: z.string().min(1),
  /** What the next token is given for; absent where the token does not end. */
  refreshToken: z.string().min(1).optional(),
})
export type Credentials = z.infer<typeof schema>

/** What the encrypted text belongs to: that of one workspace cannot stand in the row of another. */
export const aboutCredentials = ({ platform, tenant }: Workspace) => `${platform}/${tenant}`

export function encryptCredentials(
  keyRing: KeyRing,
  workspace: Workspace,
  credentials: Credentials,
): string {
  return encrypt(keyRing, JSON.stringify(credentials), aboutCredentials(workspace))
}

/** Undefined where the key that encrypted them is not there any more. @throws where they are another workspace's */
export function decryptCredentials(
  keyRing: KeyRing,
  workspace: Workspace,
  encrypted: string,
): Credentials | undefined {
  try {
    return schema.parse(JSON.parse(decrypt(keyRing, encrypted, aboutCredentials(workspace))))
  } catch (error) {
    if (error instanceof KeyMissingError) return undefined
    throw error
  }
}
