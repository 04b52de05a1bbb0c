import type { types } from '@slack/bolt'
import { shorten } from '../../../base/text.ts'
import type { Input } from '../../../chat/card-schema.ts'
import * as limits from '../limits.ts'
import { plain } from './text.ts'

/** An input with its label. Throws RangeError where Slack has no room for its choices. */
export function inputBlock(input: Input): types.InputBlock {
  return {
    type: 'input',
    block_id: input.id,
    label: plain(input.label, limits.label),
    // Slack's own words for a missing answer are bare; where the server has better ones the card says not required.
    optional: !input.isRequired,
    element: elementOf(input),
  }
}

function elementOf(input: Input): types.InputBlockElement {
  switch (input.type) {
    case 'Input.Text':
      return textInput(input)
    case 'Input.Date':
      return {
        type: 'datepicker',
        action_id: input.id,
        ...(input.value && { initial_date: input.value }),
        ...placeholderOf(input),
      }
    case 'Input.ChoiceSet':
      return input.isMultiSelect ? manyOf(input) : oneOf(input)
  }
}

function textInput(input: Extract<Input, { type: 'Input.Text' }>): types.PlainTextInput {
  const longest = Math.min(input.maxLength ?? limits.inputLength, limits.inputLength)
  return {
    type: 'plain_text_input',
    action_id: input.id,
    multiline: input.isMultiline ?? false,
    max_length: longest,
    ...(input.value && { initial_value: shorten(input.value, longest) }),
    ...placeholderOf(input),
  }
}

type ChoiceSet = Extract<Input, { type: 'Input.ChoiceSet' }>

function oneOf(input: ChoiceSet): types.StaticSelect | types.RadioButtons {
  const options = optionsOf(input)
  const chosen = options.find(({ value }) => value === input.value)
  const initial = chosen && { initial_option: chosen }
  if (isExpanded(input)) {
    return { type: 'radio_buttons', action_id: input.id, options, ...initial }
  }
  return {
    type: 'static_select',
    action_id: input.id,
    options,
    ...initial,
    ...placeholderOf(input),
  }
}

/** Adaptive Cards keep several values in one text, parted by commas. */
function manyOf(input: ChoiceSet): types.Checkboxes | types.MultiStaticSelect {
  const options = optionsOf(input)
  const values = new Set(input.value?.split(','))
  const chosen = options.filter(({ value }) => value !== undefined && values.has(value))
  const initial = chosen.length > 0 && { initial_options: chosen }
  if (options.length <= limits.expandedOptions) {
    return { type: 'checkboxes', action_id: input.id, options, ...initial }
  }
  return {
    type: 'multi_static_select',
    action_id: input.id,
    options,
    ...initial,
    ...placeholderOf(input),
  }
}

function isExpanded({ style, choices }: ChoiceSet): boolean {
  return style === 'expanded' && choices.length <= limits.expandedOptions
}

function optionsOf({ id, choices }: ChoiceSet): types.PlainTextOption[] {
  if (choices.length > limits.options) {
    throw new RangeError(`the input "${id}" has ${choices.length} choices`)
  }
  return choices.map(({ title, value }) => {
    if (value.length > limits.optionValue) {
      throw new RangeError(
        `a choice of the input "${id}" has a value of ${value.length} characters`,
      )
    }
    return { text: plain(title, limits.optionText), value }
  })
}

function placeholderOf({ placeholder }: Input) {
  return placeholder ? { placeholder: plain(placeholder, limits.placeholder) } : {}
}
