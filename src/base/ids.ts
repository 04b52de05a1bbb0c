import { randomUUID } from 'node:crypto'

/** A new random UUID. */
export function newId(): string {
  return randomUUID()
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a text has the form of our ids. PostgreSQL fails on a query for a uuid that is not one. */
export function isId(text: string): boolean {
  return uuid.test(text)
}
