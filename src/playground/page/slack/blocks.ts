import type { Block, Element } from '../../slack/model.ts'
import { busyWhile, h, visuallyHidden } from '../dom.ts'
import { type Control, type ControlValue, createControl, type Field } from './elements.ts'
import { type RichPart, richText } from './rich-text.ts'
import { anchor, type NameLookup, renderMarkup } from './text.ts'

/** The data and callbacks for drawing blocks. */
export interface BlockContext {
  names: NameLookup
  /** Makes ids unique within the page. */
  prefix: string
  /** The tag of headings: one level below the heading above them. */
  heading: 'h3' | 'h4'
  act(blockId: string, actionId: string, choice?: ControlValue): Promise<unknown>
  /** The error of an input, by block id. */
  errors?: Record<string, string>
  /** Called for each input that is drawn. */
  onField?(blockId: string, actionId: string, control: Control): void
}

export function drawBlocks(blocks: readonly Block[], context: BlockContext): HTMLElement {
  return h('div', { class: 'blocks' }, ...blocks.map((block) => drawBlock(block, context)))
}

function drawBlock(block: Block, context: BlockContext): HTMLElement {
  switch (block.type) {
    case 'header':
      return h(context.heading, { class: 'block-header' }, block.text.text)
    case 'divider':
      return h('hr')
    case 'section':
      return section(block, context)
    case 'context':
      return h(
        'div',
        { class: 'block-context' },
        ...block.elements.map((part) =>
          part.type === 'image'
            ? renderImage(part)
            : h('span', {}, ...renderText(part, context.names)),
        ),
      )
    case 'actions':
      return h(
        'div',
        { class: 'block-actions' },
        ...block.elements.map((element) => renderAction(element, block.block_id ?? '', context)),
      )
    case 'image':
      return h(
        'figure',
        {},
        renderImage(block),
        block.title && h('figcaption', {}, block.title.text),
      )
    case 'rich_text':
      return h('div', { class: 'rich' }, ...richText(block.elements as RichPart[], context.names))
    case 'markdown':
      return h('div', { class: 'rich' }, ...renderMarkup(block.text, context.names))
    case 'table':
      return table(block, context)
    case 'input':
      return inputBlock(block, context)
  }
}

type BlockOf<Type extends Block['type']> = Extract<Block, { type: Type }>

function renderText(text: { type: string; text: string }, names: NameLookup): Node[] {
  return text.type === 'mrkdwn'
    ? renderMarkup(text.text, names)
    : [document.createTextNode(text.text)]
}

function section({ text, fields, accessory, block_id }: BlockOf<'section'>, context: BlockContext) {
  const content = [
    text && h('div', { class: 'rich' }, ...renderText(text, context.names)),
    fields &&
      h(
        'div',
        { class: 'fields' },
        ...fields.map((field) => h('div', { class: 'rich' }, ...renderText(field, context.names))),
      ),
  ]
  const beside =
    accessory &&
    (accessory.type === 'image'
      ? renderImage(accessory)
      : renderAction(accessory, block_id ?? '', context))
  return h('div', { class: 'block-section' }, h('div', {}, ...content), beside)
}

interface ImageSource {
  image_url?: string | undefined
  slack_file?: { id?: string | undefined } | undefined
  alt_text: string
}

/** The playground serves the files of the workspace. */
function renderImage({ image_url, slack_file, alt_text }: ImageSource) {
  const src = slack_file?.id ? `/playground/api/files/${slack_file.id}` : (image_url ?? '')
  return h('img', { src, alt: alt_text, loading: 'lazy' })
}

function table({ rows }: BlockOf<'table'>, { names }: BlockContext): HTMLElement {
  const cells = rows.map((row, at) =>
    row.map((cell) =>
      h(
        at === 0 ? 'th' : 'td',
        at === 0 ? { scope: 'col' } : {},
        ...(cell.type === 'rich_text' ? richText(cell.elements as RichPart[], names) : [cell.text]),
      ),
    ),
  )
  return h('table', {}, ...cells.map((row) => h('tr', {}, ...row)))
}

/** A button or a menu that sends its action at once. */
function renderAction(element: Element, blockId: string, context: BlockContext): HTMLElement {
  const actionId = element.action_id ?? ''
  if (element.type === 'button') return button(element, blockId, context)
  if (element.type === 'overflow') {
    const options = element.options.map(({ value, text }) => ({ value, text: text.text }))
    return overflow(options, (value) => context.act(blockId, actionId, value))
  }
  const id = `${context.prefix}-${blockId}-${actionId}`
  const control = createControl(element as Field, { id, label: labelOf(element) }, context.names)
  context.onField?.(blockId, actionId, control)
  control.node.addEventListener('change', () => void context.act(blockId, actionId, control.read()))
  return control.node
}

function button(
  element: Extract<Element, { type: 'button' }>,
  blockId: string,
  context: BlockContext,
): HTMLElement {
  const className = `button ${element.style ?? ''}`.trim()
  const node = h(
    'button',
    {
      type: 'button',
      class: className,
      'aria-label': element.accessibility_label,
      onclick: () => void busyWhile(node, () => context.act(blockId, element.action_id ?? '')),
    },
    element.text.text,
  )
  if (!element.url) return node
  const link = anchor(element.url, element.text.text)
  if (!(link instanceof HTMLElement)) return node
  link.className = className
  link.addEventListener('click', () => void context.act(blockId, element.action_id ?? ''))
  return link
}

function overflow(
  options: { value: string; text: string }[],
  choose: (value: string) => Promise<unknown>,
): HTMLElement {
  const node = h(
    'select',
    { 'aria-label': 'More actions' },
    h('option', { value: '' }, '…'),
    ...options.map(({ value, text }) => h('option', { value }, text)),
  )
  node.addEventListener('change', () => void choose(node.value))
  return node
}

function labelOf(element: Element): string {
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined
  return placeholder ?? 'Choose'
}

function inputBlock(block: BlockOf<'input'>, context: BlockContext): HTMLElement {
  const blockId = block.block_id ?? ''
  const actionId = block.element.action_id ?? ''
  const id = `${context.prefix}-${blockId}`
  const problem = context.errors?.[blockId]
  const control = createControl(
    block.element as Field,
    {
      id,
      labelledBy: `${id}-label`,
      describedBy: `${id}-problem ${id}-hint`,
      required: !block.optional,
    },
    context.names,
  )
  context.onField?.(blockId, actionId, control)
  if (block.dispatch_action) {
    const act = () => void context.act(blockId, actionId, control.read())
    control.node.addEventListener('change', act)
  }
  return h(
    'div',
    { class: problem ? 'block-input wrong' : 'block-input', 'data-block': blockId },
    h(
      // A label cannot be for a group of boxes; aria-labelledby names the group.
      control.node.tagName === 'DIV' ? 'span' : 'label',
      { class: 'label', id: `${id}-label`, for: id },
      block.label.text,
      block.optional && h('span', { class: 'optional' }, ' (optional)'),
      !block.optional && visuallyHidden(' (required)'),
    ),
    control.node,
    h('p', { class: 'problem', id: `${id}-problem`, role: 'alert' }, problem),
    h('p', { class: 'hint', id: `${id}-hint` }, block.hint?.text),
  )
}
