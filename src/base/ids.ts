import { randomUUID } from 'node:crypto'

/** A new id, never seen before (a random UUID). */
export function newId(): string {
  return randomUUID()
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a text is an id of ours, as buttons carry them: the database refuses to look for any other. */
export function isId(text: string): boolean {
  return uuid.test(text)
}
