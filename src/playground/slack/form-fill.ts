import { type Block, elementsOf } from './block-kit.ts'
import {
  type Element,
  initialOptionsOf,
  type Option,
  type OptionElement,
  optionsOf,
} from './elements.ts'
import type { ElementValue, View, ViewStateValues } from './model.ts'

/** What a person enters: text, an option's value or text, several of them, or a tick. */
export type Choice = string | string[] | boolean

/**
 * Builds `view.state.values` as Slack does when a person fills in a form. Answers are keyed by action id
 * or block id; fields without an answer keep the app's initial value.
 * @throws Error when an answer belongs to no field or names no option of its field
 */
export function fillForm(
  view: Pick<View, 'blocks'>,
  answers: Record<string, Choice>,
): ViewStateValues {
  const values: ViewStateValues = {}
  const unused = new Set(Object.keys(answers))
  for (const { blockId, actionId, element } of fieldsOf(view.blocks)) {
    const key = actionId in answers ? actionId : blockId
    unused.delete(key)
    values[blockId] = { ...values[blockId], [actionId]: elementValue(element, answers[key]) }
  }
  if (unused.size > 0) {
    const names = fieldsOf(view.blocks).map((field) => `${field.blockId}/${field.actionId}`)
    throw new Error(`No field is called ${[...unused].join(', ')}; there are: ${names.join(', ')}.`)
  }
  return values
}

/** The value of an element after a choice; its initial value when nothing is chosen. */
export function elementValue(element: Element, choice?: Choice): ElementValue {
  const { type } = element
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: textOf(choice, element.initial_value) }
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: selectedOptions(element, choice)[0] ?? null }
    case 'overflow':
      return { type, selected_option: pickOptions(element, choice)[0] ?? null }
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: selectedOptions(element, choice) }
    case 'datepicker':
      return { type, selected_date: textOf(choice, element.initial_date) }
    case 'timepicker':
      return { type, selected_time: textOf(choice, element.initial_time) }
    case 'users_select':
      return { type, selected_user: textOf(choice, element.initial_user) }
    case 'multi_users_select':
      return {
        type,
        selected_users: choice === undefined ? (element.initial_users ?? []) : listOf(choice),
      }
    case 'channels_select':
      return { type, selected_channel: textOf(choice, element.initial_channel) }
    case 'conversations_select':
      return { type, selected_conversation: textOf(choice, element.initial_conversation) }
    case 'button':
      return { type }
  }
}

/** What Slack's own client refuses before it sends a form, by block id. */
export function validateInputs(
  view: Pick<View, 'blocks'>,
  values: ViewStateValues,
): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const block of view.blocks) {
    if (block.type !== 'input') continue
    const { blockId, actionId } = fieldOf(block, block.element)
    const value = values[blockId]?.[actionId]
    const problem = isEmpty(value)
      ? !block.optional && 'Please complete this required field.'
      : lengthProblem(block.element, value)
    if (problem) problems[blockId] = problem
  }
  return problems
}

/** An element with its ids as payloads have them. */
export interface Field {
  blockId: string
  actionId: string
  element: Element
}

/** Every element of these blocks that a person can act on. */
export function actionsOf(blocks: Block[]): Field[] {
  return blocks.flatMap((block) => elementsOf(block).map((element) => fieldOf(block, element)))
}

function fieldsOf(blocks: Block[]): Field[] {
  return actionsOf(blocks).filter(
    ({ element }) => element.type !== 'button' && element.type !== 'overflow',
  )
}

/** The workspace gives every block and element that it keeps an id, so the empty string is never used. */
function fieldOf(block: Block, element: Element): Field {
  return { blockId: block.block_id ?? '', actionId: element.action_id ?? '', element }
}

function selectedOptions(element: OptionElement, choice: Choice | undefined): Option[] {
  return choice === undefined ? initialOptionsOf(element) : pickOptions(element, choice)
}

/** `true` chooses every option: it is meant for a single checkbox. */
function pickOptions(element: OptionElement, choice: Choice | undefined): Option[] {
  const options = optionsOf(element)
  if (choice === true) return options
  return listOf(choice).map((name) => {
    const found = options.find((each) => each.value === name || each.text.text === name)
    if (found) return found
    const names = options.map((each) => each.value ?? each.text.text)
    throw new Error(`"${name}" is no option; there are: ${names.join(', ')}.`)
  })
}

function listOf(choice: Choice | undefined): string[] {
  if (Array.isArray(choice)) return choice
  return typeof choice === 'string' && choice !== '' ? [choice] : []
}

function textOf(choice: Choice | undefined, initial: string | undefined): string | null {
  return (choice === undefined ? initial : listOf(choice)[0]) ?? null
}

function isEmpty(value: ElementValue | undefined): boolean {
  if (!value) return true
  const { type: _, ...rest } = value
  return Object.values(rest).every((each) =>
    Array.isArray(each) ? each.length === 0 : each === null || each === undefined || each === '',
  )
}

function lengthProblem(element: Element, value: ElementValue | undefined): string | undefined {
  if (element.type !== 'plain_text_input') return undefined
  const length = value?.value?.length ?? 0
  if (length < (element.min_length ?? 0))
    return `Must be at least ${element.min_length} characters.`
  // 3000 is Slack's own limit where the app sets none.
  const max = element.max_length ?? 3000
  return length > max ? `Must be ${max} characters or fewer.` : undefined
}
