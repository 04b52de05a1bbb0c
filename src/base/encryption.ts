import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Refusal } from './errors.ts'

/**
 * Texts that are encrypted where they are kept, with AES-256-GCM (NIST SP 800-38D). Each says by which key, so that keys
 * are rotated: the first key of a key ring encrypts, and every one of them decrypts what it once encrypted.
 */

export interface EncryptionKey {
  /** Names it in a text and to people; no secret. */
  readonly id: string
  readonly bytes: Buffer
}

/** The current key first, then the earlier ones; never empty. */
export interface KeyRing {
  readonly current: EncryptionKey
  readonly all: readonly EncryptionKey[]
}

const keyBytes = 32
const ivBytes = 12
const tagBytes = 16
const version = 'a1'

/** The key that a text needs is not there any more. */
export class KeyMissingError extends Error {
  override readonly name = 'KeyMissingError'
  readonly keyId: string
  constructor(keyId: string) {
    super(`The key “${keyId}” is not among the keys.`)
    this.keyId = keyId
  }
}

/** Reads "2026b:<base64>,2026a:<base64>". @throws Refusal that says what is wrong with it, and never a key */
export function parseKeyRing(text: string): KeyRing {
  const all = text.split(',').map((part) => parseKey(part.trim()))
  const twice = all.find(({ id }, index) => all.findIndex((one) => one.id === id) !== index)
  if (twice) throw new Refusal(`names two keys “${twice.id}”`)
  const [current] = all
  if (!current) throw new Refusal('names no key')
  return { current, all }
}

function parseKey(text: string): EncryptionKey {
  const [, id, encoded] = /^([a-z0-9-]{1,32}):(.+)$/i.exec(text) ?? []
  if (id === undefined || encoded === undefined) {
    throw new Refusal('must be keys with commas between them, each a name, a colon and the key')
  }
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length !== keyBytes) {
    throw new Refusal(`has a key “${id}” that is not ${keyBytes} bytes in base64`)
  }
  return { id, bytes }
}

/** A new key as a setting has it. `id`: letters, digits and hyphens. */
export function newKeyText(id: string): string {
  return `${id}:${randomBytes(keyBytes).toString('base64')}`
}

/** `about`: what the text belongs to. It is not kept, and the same is needed to decrypt it: copied elsewhere it is void. */
export function encrypt({ current }: KeyRing, text: string, about: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', current.bytes, iv, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(about))
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const parts = [iv, cipher.getAuthTag(), encrypted].map((part) => part.toString('base64url'))
  return [version, current.id, ...parts].join('.')
}

/** The id of the key by which a text was encrypted. */
export function keyIdOf(encrypted: string): string {
  return encrypted.split('.')[1] ?? ''
}

/** @throws KeyMissingError; an error of node:crypto where the text was changed, or belongs to something else */
export function decrypt({ all }: KeyRing, encrypted: string, about: string): string {
  const [, id = '', ...parts] = encrypted.split('.')
  const key = all.find((one) => one.id === id)
  if (!key) throw new KeyMissingError(id)
  const [iv, tag, content] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (!iv || !tag || !content) throw new Error('An encrypted text is not whole.')
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(about))
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8')
}
