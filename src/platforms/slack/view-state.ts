import { z } from 'zod'

/** The values of the inputs of a view or message. Source: https://docs.slack.dev/reference/views/view-state */

export const optionSchema = z.object({ value: z.string() })
const inputState = z.object({
  type: z.string(),
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: optionSchema.nullish(),
  selected_options: z.array(optionSchema).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
})
type InputState = z.infer<typeof inputState>

/** Keyed by block id, then by action id. */
export const viewStateValues = z.record(z.string(), z.record(z.string(), inputState))
export type ViewStateValues = z.infer<typeof viewStateValues>

/** Text (`''` if nothing was typed), a date, a choice, a list of choices, or undefined. */
export type InputValue = string | string[] | undefined

/** Values by input id. */
export function inputValues(values: ViewStateValues): Record<string, InputValue> {
  const inputs = Object.values(values).flatMap((elements) => Object.entries(elements))
  return Object.fromEntries(inputs.map(([id, input]) => [id, inputValueOf(input)]))
}

export function inputValueOf(input: InputState): InputValue {
  switch (input.type) {
    case 'plain_text_input':
      return input.value ?? ''
    case 'datepicker':
      return input.selected_date ?? undefined
    case 'users_select':
      return input.selected_user ?? undefined
    case 'multi_users_select':
      return input.selected_users ?? []
    case 'checkboxes':
    case 'multi_static_select':
      return (input.selected_options ?? []).map(({ value }) => value)
    default:
      return input.selected_option?.value
  }
}
