/** What people may say of an entry, each field of one type: an argument of a command, or an input of its form. */
export function entryFields<Field>(field: Field) {
  return {
    programme: field,
    project: field,
    text: field,
    rating: field,
    mitigation: field,
    whom: field,
    date: field,
    body: field,
    fine: field,
  }
}
