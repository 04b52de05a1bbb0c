import { z } from 'zod'

/**
 * Block Kit's elements (what a person presses, chooses or fills in) and the objects they consist
 * of, with the limit of each field. Objects are strict because Slack refuses a field it does not
 * know ("invalid additional property"). Not included, and so refused as unsupported: external
 * selects, rich text and file inputs, workflow buttons.
 * Source: https://docs.slack.dev/reference/block-kit/block-elements
 */

export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  })
}

export function markdownText(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  })
}

export function anyText(max: number) {
  return z.discriminatedUnion('type', [plainText(max), markdownText(max)])
}

const style = z.enum(['primary', 'danger'])

const confirm = z
  .strictObject({
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: style.optional(),
  })
  .partial({ title: true, confirm: true, deny: true })

const actionId = { action_id: z.string().min(1).max(255).optional() }
const actionFields = { ...actionId, confirm: confirm.optional() }
const pickerFields = {
  ...actionFields,
  placeholder: plainText(150).optional(),
  focus_on_load: z.boolean().optional(),
}
const choiceFields = { ...actionFields, focus_on_load: z.boolean().optional() }

const option = z.strictObject({
  text: anyText(75),
  value: z.string().min(1).max(150),
  description: anyText(75).optional(),
})
const plainOption = option.extend({
  text: plainText(75),
  description: plainText(75).optional(),
  url: z.string().max(3000).optional(),
})
const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(plainOption).min(1).max(100),
})
export type Option = z.infer<typeof option>

/** An element that offers options. */
export interface OptionElement {
  options?: Option[] | undefined
  option_groups?: { options: Option[] }[] | undefined
  initial_option?: Option | undefined
  initial_options?: Option[] | undefined
}

/** Every option of an element, grouped or not. */
export function optionsOf(element: OptionElement): Option[] {
  return element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []
}

/** The options that the app selected. */
export function initialOptionsOf(element: OptionElement): Option[] {
  return element.initial_options ?? (element.initial_option ? [element.initial_option] : [])
}

/** Slack compares whole options: the same value with another text is refused. */
function hasValidInitialOptions(element: OptionElement): boolean {
  const offered = new Set(
    optionsOf(element).map((each) => JSON.stringify([each.value, each.text.text])),
  )
  return initialOptionsOf(element).every((each) =>
    offered.has(JSON.stringify([each.value, each.text.text])),
  )
}
const invalidInitialOption = { error: 'the initial option must be one of the options' }

const optionSource = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
}
function hasOneOptionSource(element: OptionElement): boolean {
  return (element.options === undefined) !== (element.option_groups === undefined)
}
const oneOptionSource = { error: 'exactly one of options and option_groups is required' }

const button = z.strictObject({
  type: z.literal('button'),
  ...actionFields,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: style.optional(),
  accessibility_label: z.string().max(75).optional(),
})
const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionFields,
  options: z.array(plainOption).min(1).max(5),
})
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...pickerFields,
    ...optionSource,
    initial_option: plainOption.optional(),
  })
  .refine(hasOneOptionSource, oneOptionSource)
  .refine(hasValidInitialOptions, invalidInitialOption)
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...pickerFields,
    ...optionSource,
    initial_options: z.array(plainOption).optional(),
    max_selected_items: z.number().int().min(1).optional(),
  })
  .refine(hasOneOptionSource, oneOptionSource)
  .refine(hasValidInitialOptions, invalidInitialOption)
const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...choiceFields,
    options: z.array(option).min(1).max(10),
    initial_option: option.optional(),
  })
  .refine(hasValidInitialOptions, invalidInitialOption)
const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...choiceFields,
    options: z.array(option).min(1).max(10),
    initial_options: z.array(option).optional(),
  })
  .refine(hasValidInitialOptions, invalidInitialOption)
const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...pickerFields,
  initial_date: z.iso.date().optional(),
})
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...pickerFields,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().optional(),
})
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...pickerFields,
  initial_user: z.string().optional(),
})
const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...pickerFields,
  initial_users: z.array(z.string()).optional(),
  max_selected_items: z.number().int().min(1).optional(),
})
const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...pickerFields,
  initial_channel: z.string().optional(),
  response_url_enabled: z.boolean().optional(),
})
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...pickerFields,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z.looseObject({}).optional(),
})

const textInputFields = {
  ...actionId,
  placeholder: plainText(150).optional(),
  focus_on_load: z.boolean().optional(),
  initial_value: z.string().optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).optional(),
    })
    .optional(),
}
const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...textInputFields,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
})
const emailInput = z.strictObject({ type: z.literal('email_text_input'), ...textInputFields })
const urlInput = z.strictObject({ type: z.literal('url_text_input'), ...textInputFields })
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...textInputFields,
  is_decimal_allowed: z.boolean(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
})

export const imageFields = {
  image_url: z.string().max(3000).optional(),
  slack_file: z.looseObject({ id: z.string().optional() }).optional(),
  alt_text: z.string().min(1).max(2000),
}
export function hasOneImageSource(image: {
  image_url?: string | undefined
  slack_file?: object | undefined
}) {
  return (image.image_url === undefined) !== (image.slack_file === undefined)
}
export const oneImageSource = { error: 'exactly one of image_url and slack_file is required' }
export const imageElement = z
  .strictObject({ type: z.literal('image'), ...imageFields })
  .refine(hasOneImageSource, oneImageSource)

const pickers = [
  staticSelect,
  multiStaticSelect,
  radioButtons,
  checkboxes,
  datepicker,
  timepicker,
  usersSelect,
  multiUsersSelect,
  channelsSelect,
  conversationsSelect,
] as const
export const actionElement = z.discriminatedUnion('type', [button, overflow, ...pickers])
export const accessory = z.discriminatedUnion('type', [button, overflow, imageElement, ...pickers])
export const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  emailInput,
  urlInput,
  numberInput,
  ...pickers,
])
/** An element that a person can act on. */
export type Element = z.infer<typeof actionElement> | z.infer<typeof inputElement>
