import type { types } from '@slack/bolt'
import { shorten } from '../../../base/text.ts'
import type { CardElement, CardInput } from '../../../chat/card-schema.ts'
import * as limits from '../limits.ts'
import { plainTextObject } from './text.ts'

/** An input with its label. @throws RangeError if its choices do not fit Slack's limits. */
export function inputBlock(input: CardInput): types.InputBlock {
  return {
    type: 'input',
    block_id: input.id,
    label: plainTextObject(input.label, limits.label),
    // Slack's own message for a missing answer is terse; a card whose handler has a better one says isRequired: false.
    optional: !input.isRequired,
    ...(redrawActionOf(input) && { dispatch_action: true }),
    element: elementOf(input),
  }
}

/** What draws the form anew when something else is chosen; undefined of all other inputs. */
export function redrawActionOf(element: CardElement) {
  return element.type === 'Input.ChoiceSet' ? element.valueChangedAction : undefined
}

function elementOf(input: CardInput): types.InputBlockElement {
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
      return input.isMultiSelect ? multiSelectOf(input) : singleSelectOf(input)
  }
}

function textInput(input: Extract<CardInput, { type: 'Input.Text' }>): types.PlainTextInput {
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

type ChoiceSet = Extract<CardInput, { type: 'Input.ChoiceSet' }>

function singleSelectOf(
  input: ChoiceSet,
): types.StaticSelect | types.RadioButtons | types.UsersSelect {
  if (input['choices.data']) return peopleSelectOf(input)
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

/** Slack's own list of everybody in the workspace. */
function peopleSelectOf(input: ChoiceSet): types.UsersSelect {
  return {
    type: 'users_select',
    action_id: input.id,
    ...(input.value && { initial_user: input.value }),
    ...placeholderOf(input),
  }
}

function severalPeopleSelectOf(input: ChoiceSet): types.MultiUsersSelect {
  const chosen = input.value?.split(',').filter(Boolean) ?? []
  return {
    type: 'multi_users_select',
    action_id: input.id,
    ...(chosen.length > 0 && { initial_users: chosen }),
    ...placeholderOf(input),
  }
}

/** Adaptive Cards keep several values in one string, separated by commas. */
function multiSelectOf(
  input: ChoiceSet,
): types.Checkboxes | types.MultiStaticSelect | types.MultiUsersSelect {
  if (input['choices.data']) return severalPeopleSelectOf(input)
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
    return { text: plainTextObject(title, limits.optionText), value }
  })
}

function placeholderOf({ placeholder }: CardInput) {
  return placeholder ? { placeholder: plainTextObject(placeholder, limits.placeholder) } : {}
}
