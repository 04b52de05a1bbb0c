import { randomUUID } from 'node:crypto'

/** A new id, never seen before (a random UUID). */
export function newId(): string {
  return randomUUID()
}
