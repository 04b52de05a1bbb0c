import type { OpenView } from '../../slack/model.ts'
import { busyWhile, h } from '../dom.ts'
import { drawBlocks } from './blocks.ts'
import type { Control, ControlValue } from './elements.ts'
import type { NameLookup } from './text.ts'

export type FormAnswers = Record<string, ControlValue>

/** By block and action: an input that has another block is another input. */
type DrawnFields = Map<string, { readonly actionId: string; readonly control: Control }>

export interface ModalActions {
  submit(view: string, answers: FormAnswers): Promise<unknown>
  close(view: string): Promise<unknown>
  choose(
    view: string,
    actionId: string,
    choice: ControlValue | undefined,
    answers: FormAnswers,
  ): Promise<unknown>
}

/** The modal on top of a person's stack, as a dialog that holds the focus. Escape closes it, as in Slack. */
export function createModal(actions: ModalActions) {
  const node = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' })
  let shown: { id: string; hash: string; fields: DrawnFields } | undefined

  node.addEventListener('cancel', (event) => {
    event.preventDefault()
    if (shown) void actions.close(shown.id)
  })

  function draw(open: OpenView | undefined, names: NameLookup): void {
    if (!open) {
      shown = undefined
      if (node.open) node.close()
      return
    }
    const { view, errors } = open
    if (shown?.id === view.id && shown.hash === view.hash) {
      showErrors(errors)
      return
    }
    const before = shown?.id === view.id ? shown.fields : undefined
    const focused = before && focusedField()
    const fields: DrawnFields = new Map()
    const answers = () =>
      Object.fromEntries(
        [...fields.values()].map(({ actionId, control }) => [actionId, control.read()]),
      )
    const content = drawForm(open, names, fields, answers)
    // Slack keeps what a person entered in an input that an update leaves in place.
    for (const [id, { control }] of before ?? []) fields.get(id)?.control.write(control.read())
    shown = { id: view.id, hash: view.hash, fields }
    node.replaceChildren(content)
    if (!node.open) node.showModal()
    const again = focused && node.querySelector<HTMLElement>(focused)
    if (again) again.focus({ preventScroll: true })
    else focusFirst()
  }

  /** A selector of the input that has the focus: a box by its group and value, which have no id of their own. */
  function focusedField(): string | undefined {
    const field = document.activeElement
    if (field instanceof HTMLInputElement && field.name)
      return `[name="${CSS.escape(field.name)}"][value="${CSS.escape(field.value)}"]`
    return field?.id ? `#${CSS.escape(field.id)}` : undefined
  }

  function drawForm(
    { view, errors }: OpenView,
    names: NameLookup,
    fields: DrawnFields,
    answers: () => FormAnswers,
  ): HTMLElement {
    const blocks = drawBlocks(view.blocks, {
      names,
      prefix: `v${view.id}`,
      heading: 'h3',
      errors,
      onField: (blockId, actionId, control) =>
        fields.set(`${blockId}/${actionId}`, { actionId, control }),
      act: (_blockId, actionId, choice) => actions.choose(view.id, actionId, choice, answers()),
    })
    const close = () => void actions.close(view.id)
    const submit =
      view.submit && h('button', { type: 'submit', class: 'button primary' }, view.submit.text)
    const form = h(
      'form',
      { novalidate: true, class: 'modal-form' },
      h(
        'header',
        {},
        h('h2', { id: 'modal-title' }, view.title?.text ?? ''),
        h(
          'button',
          { type: 'button', class: 'cross', 'aria-label': 'Close the form', onclick: close },
          '×',
        ),
      ),
      h(
        'div',
        { class: 'modal-body', tabindex: 0, role: 'region', 'aria-labelledby': 'modal-title' },
        blocks,
      ),
      h(
        'footer',
        {},
        h(
          'button',
          { type: 'button', class: 'button', onclick: close },
          view.close?.text ?? 'Cancel',
        ),
        submit,
      ),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      if (submit) void busyWhile(submit, () => actions.submit(view.id, answers()))
    })
    return form
  }

  function showErrors(errors: Record<string, string>): void {
    const blocks = [...node.querySelectorAll<HTMLElement>('.block-input')]
    let first: HTMLElement | undefined
    for (const block of blocks) {
      const problem = block.querySelector('.problem')
      const error = errors[block.dataset.block ?? ''] ?? ''
      const isNew = error !== '' && problem?.textContent !== error
      if (problem && problem.textContent !== error) problem.textContent = error
      block.classList.toggle('wrong', error !== '')
      if (isNew) first ??= block
    }
    const field = first?.querySelector<HTMLElement>('input, textarea, select')
    field?.focus()
  }

  function focusFirst(): void {
    const field = node.querySelector<HTMLElement>(
      '.modal-body input, .modal-body textarea, .modal-body select',
    )
    const fallback = node.querySelector<HTMLElement>('footer .button')
    ;(field ?? fallback)?.focus({ preventScroll: true })
  }

  return { node, draw }
}
