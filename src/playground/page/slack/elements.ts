import type { Element, Option } from '../../slack/model.ts'
import { h } from '../dom.ts'
import type { NameLookup } from './text.ts'

/** The value that a person entered: a text, the value of an option, or several. */
export type ControlValue = string | string[]

/** A form control, with access to its value. */
export interface Control {
  node: HTMLElement
  read(): ControlValue
  /** Restores a value: Slack keeps what a person entered when a form is drawn again. */
  write(value: ControlValue): void
}

export type Field = Exclude<Element, { type: 'button' | 'overflow' }>

/** The label, hint and error of a control. */
export interface ControlLabels {
  id: string
  /** The id of the visible label. */
  labelledBy?: string | undefined
  /** The text of the label where none is visible. */
  label?: string | undefined
  describedBy?: string | undefined
  required?: boolean | undefined
}

/** Draws an input or a menu of Block Kit. */
export function createControl(element: Field, naming: ControlLabels, names: NameLookup): Control {
  switch (element.type) {
    case 'plain_text_input':
      return textControl(element, naming, element.multiline ? 'textarea' : 'input')
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return textControl(element, naming, 'input')
    case 'datepicker':
      return dateControl('date', element.initial_date, naming)
    case 'timepicker':
      return dateControl('time', element.initial_time, naming)
    case 'radio_buttons':
      return checkGroup('radio', element.options, [element.initial_option], naming)
    case 'checkboxes':
      return checkGroup('checkbox', element.options, element.initial_options ?? [], naming)
    case 'static_select':
      return selectControl(menuOptionsOf(element), [element.initial_option?.value], naming, element)
    case 'multi_static_select': {
      const first = (element.initial_options ?? []).map(({ value }) => value)
      return selectControl(menuOptionsOf(element), first, naming, element, true)
    }
    case 'users_select':
      return selectControl(peopleIn(names), [element.initial_user], naming, element)
    case 'multi_users_select':
      return selectControl(peopleIn(names), element.initial_users ?? [], naming, element, true)
    case 'channels_select':
      return selectControl(channelsIn(names), [element.initial_channel], naming, element)
    case 'conversations_select':
      return selectControl(channelsIn(names), [element.initial_conversation], naming, element)
  }
}

function attributesOf({ id, labelledBy, label, describedBy, required }: ControlLabels) {
  return {
    id,
    'aria-labelledby': labelledBy,
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-required': required ? 'true' : undefined,
  }
}

interface TextElement {
  initial_value?: string | undefined
  placeholder?: { text: string } | undefined
}

function textControl(
  element: TextElement,
  naming: ControlLabels,
  tag: 'input' | 'textarea',
): Control {
  const attributes = { ...attributesOf(naming), placeholder: element.placeholder?.text }
  const node =
    tag === 'input'
      ? h('input', { ...attributes, type: 'text', autocomplete: 'off' })
      : h('textarea', { ...attributes, rows: 3 })
  node.value = element.initial_value ?? ''
  return {
    node,
    read: () => node.value,
    write: (value) => {
      node.value = String(value)
    },
  }
}

function dateControl(
  type: 'date' | 'time',
  first: string | undefined,
  naming: ControlLabels,
): Control {
  const node = h('input', { ...attributesOf(naming), type })
  node.value = first ?? ''
  return {
    node,
    read: () => node.value,
    write: (value) => {
      node.value = String(value)
    },
  }
}

function checkGroup(
  type: 'radio' | 'checkbox',
  options: Option[],
  chosen: (Option | undefined)[],
  naming: ControlLabels,
): Control {
  const first = new Set(chosen.map((option) => option?.value))
  const boxes = options.map((option) => ({
    option,
    box: checkInput(type, option, naming.id, first),
  }))
  const node = h(
    'div',
    { ...attributesOf(naming), role: type === 'radio' ? 'radiogroup' : 'group', class: 'ticks' },
    ...boxes.map(({ option, box }) =>
      h(
        'label',
        { class: 'tick' },
        box,
        h('span', {}, option.text.text),
        option.description && h('small', {}, option.description.text),
      ),
    ),
  )
  const checkedValues = () =>
    boxes.filter(({ box }) => box.checked).map(({ option }) => option.value)
  return {
    node,
    read: () => (type === 'radio' ? (checkedValues()[0] ?? '') : checkedValues()),
    write: (value) => {
      for (const { option, box } of boxes) box.checked = [value].flat().includes(option.value)
    },
  }
}

function checkInput(type: string, { value }: Option, name: string, first: Set<string | undefined>) {
  const box = h('input', { type, name, value })
  box.checked = first.has(value)
  return box
}

interface MenuOption {
  value: string
  label: string
}

function selectControl(
  options: MenuOption[],
  chosen: (string | undefined)[],
  naming: ControlLabels,
  { placeholder }: TextElement,
  multiple = false,
): Control {
  const nothing = !multiple && h('option', { value: '' }, placeholder?.text ?? 'Choose an option')
  const node = h(
    'select',
    { ...attributesOf(naming), multiple },
    nothing,
    ...options.map(({ value, label }) => h('option', { value }, label)),
  )
  const write = (values: ControlValue) => {
    for (const option of node.options) option.selected = [values].flat().includes(option.value)
  }
  const first = chosen.filter((value) => value !== undefined)
  if (multiple || first.length > 0) write(first)
  return {
    node,
    read: () => (multiple ? [...node.selectedOptions].map((option) => option.value) : node.value),
    write,
  }
}

interface OptionSource {
  options?: Option[] | undefined
  option_groups?: { options: Option[] }[] | undefined
}

function menuOptionsOf({ options, option_groups }: OptionSource): MenuOption[] {
  const all = options ?? option_groups?.flatMap((group) => group.options) ?? []
  return all.map(({ value, text }) => ({ value, label: text.text }))
}

function peopleIn({ people }: NameLookup): MenuOption[] {
  return people.map(({ id, realName }) => ({ value: id, label: realName }))
}

function channelsIn({ conversations }: NameLookup): MenuOption[] {
  return conversations
    .filter(({ kind }) => kind === 'channel')
    .map(({ id, name }) => ({ value: id, label: `#${name}` }))
}
