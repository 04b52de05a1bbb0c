import type { EntryKind } from '../../domain/register/entry.ts'

/** What people may say of an entry, each field of one type: an argument of a command, or an input of its form. */
export function entryFields<Field>(field: Field) {
  return {
    programme: field,
    project: field,
    text: field,
    rating: field,
    score: field,
    proximity: field,
    owner: field,
    review: field,
    mitigation: field,
    whom: field,
    date: field,
    body: field,
    fine: field,
  }
}

/** What names an entry in a button, a form or words. */
export function entryQueryOf(values: {
  readonly entry?: string | undefined
  readonly kind?: EntryKind | undefined
  readonly number?: string | undefined
}) {
  return { kind: values.kind, number: values.entry || values.number || '' }
}
