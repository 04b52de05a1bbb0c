import { z } from 'zod'
import { fieldRefusal } from '../../../base/errors.ts'
import type { Card } from '../../../chat/cards.ts'
import { type FormState, optionalText, type QueryContext } from '../../../chat/commands.ts'
import { fingerprint } from '../../../chat/edit-conflicts.ts'
import { addForm, type EditField } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import {
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../../domain/checks/safeguarding-guard.ts'
import { projectLife } from '../../../domain/plan/fields.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import { formatLife, type Life } from '../../../domain/plan/life.ts'
import type { FoundProject } from '../../../domain/plan/lookup.ts'
import { findProjectForOffice } from '../office-lookup.ts'
import { formatLastRevision } from './saved.ts'

/** What a form about a project's life sends besides its inputs: the state it showed, and what to do if that changed. */
export const lifeFormArgs = { seen: optionalText, choice: optionalText }

const formValues = z.looseObject({
  project: z.string(),
  reason: z.string().optional(),
  seen: z.string().optional(),
})

interface LifeFormOptions {
  readonly heading: string
  readonly button: string
  readonly verb: string
  /** Besides the reason. */
  readonly inputs: readonly EditField[]
}

export const reasonInput: EditField = { id: 'reason', label: 'Why?', kind: 'long', present: '' }

/** The form that puts a project on hold, closes it or brings it back. */
export function lifeForm({ inputs, ...options }: LifeFormOptions) {
  return async (context: QueryContext, filled: FormState): Promise<Card> => {
    const values = parseWith(formValues, filled.values)
    const found = await findProjectForOffice(context, values.project)
    const present = fingerprintOf(found.life)
    const isChanged = values.seen !== undefined && values.seen !== present
    const subject = safeguardingSubjectOf(context, found)
    return addForm(
      {
        ...options,
        about: `${formatProject(found)}, ${lifeText(found.life)}`,
        data: { project: found.id, seen: present },
        question: await safeguardingQuestion(context, subject, [values.reason]),
      },
      [...(isChanged ? [choiceInput(found.life)] : []), ...inputs, reasonInput],
      filled,
    )
  }
}

const lifeText = (life: Life) => (life ? formatLife(life) : 'live')

const fingerprintOf = (life: Life) => fingerprint(JSON.stringify(life), false)

const choiceInput = (life: Life): EditField => ({
  ...{ id: 'choice', label: 'Somebody else was first', kind: 'choice', present: '' },
  choices: [
    { value: 'theirs', title: `Keep theirs: ${lifeText(life)}`.slice(0, 75) },
    { value: 'mine', title: 'Save mine' },
  ],
})

/**
 * Whether the person keeps what somebody else has made of the project since the form was opened.
 * @throws Refusal that says what that is, where they have not decided yet
 */
export async function keepsTheirs(
  context: QueryContext,
  { id, life }: Pick<FoundProject, 'id' | 'life'>,
  { seen, choice }: { readonly seen?: string | undefined; readonly choice?: string | undefined },
): Promise<boolean> {
  if (choice === 'theirs') return true
  if (seen === undefined || seen === fingerprintOf(life)) return false
  const by = await formatLastRevision(context, projectLife, id)
  const who = by ? ` (${by})` : ''
  throw fieldRefusal({
    'changed-life': `Since you opened this form, the project is ${lifeText(life)}${who}. Choose which is to be saved.`,
  })
}
