/** A question has nothing left to ask once it is answered: the answer takes its place, however it was given. */

/** Beside what a button names to its command: its message is a question. A form that it opens carries it on. */
export const questionMark = { answersQuestion: 'yes' } as const

/** `verb` of the button that answers a question by No: nothing is done. */
export const declineVerb = 'decline-question'

/** The form with `mark` beside whatever its ways to go on name: that it answers a question, or has asked one. */
export function withMark<Form extends object>(form: Form, mark: Readonly<Record<string, string>>) {
  return marked(form, mark) as Form
}

function marked(part: unknown, mark: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(part)) return part.map((each) => marked(each, mark))
  if (typeof part !== 'object' || part === null) return part
  const changed: Record<string, unknown> = Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      name === 'data' ? value : marked(value, mark),
    ]),
  )
  const goesOn = changed.type === 'Action.Execute' && changed.verb !== 'back'
  return goesOn ? { ...changed, data: { ...Object(changed.data), ...mark } } : changed
}
