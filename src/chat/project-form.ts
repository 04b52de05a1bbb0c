import { z } from 'zod'
import { type Card, defineCard } from './cards.ts'
import type { FormState } from './commands.ts'
import { parseWith } from './fields.ts'
import { formProblemSchema, listProblems } from './form-problems.ts'

/** A form that chooses a project, to open, follow or ask about it; by number where there are too many for a list. */
export const projectFormCard = defineCard(
  'project-form',
  z.object({
    heading: z.string(),
    button: z.string(),
    verb: z.string(),
    /** The programme's key. */
    programme: z.string(),
    choices: z.array(z.object({ title: z.string(), value: z.string() })),
    project: z.string(),
    /** The label of a text field; '' for a form without one. */
    textLabel: z.string(),
    text: z.string(),
    problems: z.array(formProblemSchema),
    /** The question about words that may tell of a child ('' for none), and its answer. */
    child: z.object({ question: z.string(), fine: z.string() }),
  }),
  { ownText: ['heading', 'button', 'programme', 'textLabel'] },
)

/** The purpose of a form that chooses a project. */
export interface ProjectFormOptions {
  /** At most 24 characters: the title of a modal. */
  readonly heading: string
  readonly button: string
  readonly verb: string
  /** The label of a text field; absent for a form without one. */
  readonly textLabel?: string
  /** What to ask of the words that were written, if anything. */
  readonly question?: string
}

/** The projects to choose from, and what is chosen so far. */
interface Choices {
  readonly programme: string
  readonly choices: readonly { readonly title: string; readonly value: string }[]
  readonly project: string
}

const text = z.string().catch('')
const formValues = z.object({ programme: text, project: text, text, fine: text })

/** Builds the form; `load` gets what was chosen so far. Where the list would be too long, it asks for the number. */
export async function projectForm(
  filled: FormState,
  load: (chosen: { programme: string; project: string }) => Promise<Choices>,
  { heading, button, verb, textLabel = '', question = '' }: ProjectFormOptions,
): Promise<Card> {
  const values = parseWith(formValues, filled.values)
  const { choices, ...chosen } = await load(values)
  return projectFormCard({
    ...{ heading, button, verb, textLabel, ...chosen },
    choices: [...choices],
    text: values.text,
    problems: listProblems(filled.problems),
    child: { question, fine: values.fine },
  })
}
