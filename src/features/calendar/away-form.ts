import { z } from 'zod'
import type { Card } from '../../chat/cards.ts'
import type { FormState, QueryContext } from '../../chat/commands.ts'
import { addForm } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'

const text = z.string().catch('')
export const awayFormValues = z.object({ person: text, first: text, last: text, deputy: text })

/** Leave from a day to a day, with who stands in. `person`: for whom the office says it; left out for oneself. */
export async function awayForm({ today }: QueryContext, filled: FormState): Promise<Card> {
  const values = parseWith(awayFormValues, filled.values)
  const first = readDate(values.first, today)
  // A day picker takes a whole day; the last one is read from the first, as in a typed line.
  const last = readDate(values.last, first ?? today)
  const data: Record<string, string> = values.person === '' ? {} : { person: values.person }
  return addForm(
    {
      ...{ heading: 'Leave', about: values.person, button: 'Save', verb: 'away', data },
    },
    [
      { id: 'first', kind: 'date', label: 'From', present: '', isRequired: true },
      { id: 'last', kind: 'date', label: 'To, if it is more than a day', present: '' },
      { id: 'deputy', kind: 'text', label: 'Who stands in', present: '', hint: 'A name' },
    ],
    { ...filled, values: { ...filled.values, first: first ?? '', last: last ?? '' } },
  )
}
