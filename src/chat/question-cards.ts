/** A question has nothing left to ask once it is answered: the answer takes its place, however it was given. */

/** Beside what a button names to its command: its message is a question. A form that it opens carries it on. */
export const questionMark = { answersQuestion: 'yes' } as const

/** `verb` of the button that answers a question by No: nothing is done. */
export const declineVerb = 'decline-question'

/** The form that a question opened, whose every way to go on answers the question too. */
export function withQuestionMark<Form extends object>(form: Form): Form {
  return marked(form) as Form
}

function marked(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(marked)
  if (typeof part !== 'object' || part === null) return part
  const changed: Record<string, unknown> = Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, name === 'data' ? value : marked(value)]),
  )
  const goesOn = changed.type === 'Action.Execute' && changed.verb !== 'back'
  return goesOn ? { ...changed, data: { ...Object(changed.data), ...questionMark } } : changed
}
