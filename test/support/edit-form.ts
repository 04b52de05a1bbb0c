import { editFormCard } from '../../src/chat/edit-form.ts'
import type { Reply } from '../../src/chat/reply.ts'

/** A form as a person finds it. */
export interface OpenForm {
  /** What its button and its inputs send where nothing is changed. */
  readonly values: Readonly<Record<string, unknown>>
  /** The titles to choose from in an input. */
  choices(id: string): readonly string[]
}

/** The form of a reply. @throws where it is none */
export function formOf({ card }: Reply): OpenForm {
  const { data, inputs } = editFormCard.data.parse(card.data)
  const held = inputs.map(({ id, value, picked }) => [id, value || picked])
  return {
    values: { ...data, ...Object.fromEntries(held) },
    choices: (of) => inputs.find(({ id }) => id === of)?.choices.map(({ title }) => title) ?? [],
  }
}
