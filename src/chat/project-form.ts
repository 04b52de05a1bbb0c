import { z } from 'zod'
import { type Card, defineCard } from './cards.ts'
import type { FormState } from './commands.ts'
import { formProblemSchema, listProblems } from './form-problems.ts'

/** Chooses a project, to open, follow or ask about it. More than a list holds: by its number. */
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
    /** '' where nothing is to be written. */
    textLabel: z.string(),
    text: z.string(),
    problems: z.array(formProblemSchema),
    /** Asked where words look as if they told of a child, '' otherwise; and the answer. */
    child: z.object({ question: z.string(), fine: z.string() }),
  }),
)

/** What a form that chooses a project is for. */
export interface ProjectFormOptions {
  /** At most 24 characters: the title of a modal. */
  readonly heading: string
  readonly button: string
  readonly verb: string
  /** What is to be written beside; absent for nothing. */
  readonly textLabel?: string
  /** What to ask of the words that were written, if anything. */
  readonly question?: string
}

/** What can be chosen, and what is chosen so far. */
interface Choices {
  readonly programme: string
  readonly choices: readonly { readonly title: string; readonly value: string }[]
  readonly project: string
}

const text = z.string().catch('')
const formValues = z.object({ programme: text, project: text, text, fine: text })

/** The form that chooses a project; `load` gets what was chosen so far. A list too long is asked for by number. */
export async function projectForm(
  filled: FormState,
  load: (chosen: { programme: string; project: string }) => Promise<Choices>,
  { heading, button, verb, textLabel = '', question = '' }: ProjectFormOptions,
): Promise<Card> {
  const values = formValues.parse(filled.values)
  const { choices, ...chosen } = await load(values)
  return projectFormCard({
    ...{ heading, button, verb, textLabel, ...chosen },
    choices: [...choices],
    text: values.text,
    problems: listProblems(filled.problems),
    child: { question, fine: values.fine },
  })
}
