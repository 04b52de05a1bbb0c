import { z } from 'zod'

/** What stands in the inputs of a view or message. Source: https://docs.slack.dev/reference/views/view-state */

const option = z.object({ value: z.string() })
const inputState = z.object({
  type: z.string(),
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
})
type InputState = z.infer<typeof inputState>

/** By block id, then by action id. */
export const viewStateValues = z.record(z.string(), z.record(z.string(), inputState))
export type ViewStateValues = z.infer<typeof viewStateValues>

/** By the input's id: text (`''` where nothing was typed), a date, a choice, a list of choices; else undefined. */
export function inputValues(
  filled: ViewStateValues,
): Record<string, string | string[] | undefined> {
  const inputs = Object.values(filled).flatMap((elements) => Object.entries(elements))
  return Object.fromEntries(inputs.map(([id, each]) => [id, inputValueOf(each)]))
}

function inputValueOf(each: InputState): string | string[] | undefined {
  switch (each.type) {
    case 'plain_text_input':
      return each.value ?? ''
    case 'datepicker':
      return each.selected_date ?? undefined
    case 'checkboxes':
    case 'multi_static_select':
      return (each.selected_options ?? []).map((chosen) => chosen.value)
    default:
      return each.selected_option?.value
  }
}
