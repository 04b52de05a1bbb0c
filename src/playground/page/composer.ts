import type { ChosenFile } from '../view-model.ts'
import { busyWhile, h } from './dom.ts'
import { filePicker, readFiles } from './files.ts'

export interface Composer {
  node: HTMLElement
  /** Replaces the text and puts the cursor at its end. */
  fill(text: string): void
  setPlaceholder(words: string): void
}

/**
 * The box for writing a message, and for files that are attached to it or dropped on it. `onSend` returns undefined when
 * it is sent, else the reason; the text and the files then stay.
 */
export function composer(
  label: string,
  placeholder: string,
  onSend: (text: string, files: ChosenFile[]) => Promise<string | undefined>,
): Composer {
  const problem = h('p', { class: 'problem', role: 'alert' })
  const text = h('textarea', { rows: 1, 'aria-label': label, placeholder, spellcheck: 'false' })
  const button = h('button', { type: 'submit', class: 'send' }, 'Send')
  const picker = filePicker(label)
  const node = h(
    'form',
    { class: 'composer' },
    h('div', { class: 'composer-box' }, text, picker.button, button),
    picker.list,
    problem,
  )

  const submit = async () => {
    const message = text.value.trim()
    const files = picker.chosen()
    if (message === '' && files.length === 0) return
    await busyWhile(button, async () => {
      const refusal = await onSend(message, await readFiles(files))
      problem.textContent = refusal ?? ''
      if (refusal !== undefined) return
      if (text.value.trim() === message) text.value = ''
      picker.clear()
    })
    grow()
  }
  const grow = () => {
    text.rows = Math.min(
      6,
      Math.max(1, Math.ceil(text.value.length / 60), text.value.split('\n').length),
    )
  }
  text.addEventListener('input', grow)
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void submit()
  })
  node.addEventListener('dragover', (event) => event.preventDefault())
  node.addEventListener('drop', (event) => {
    event.preventDefault()
    picker.add(event.dataTransfer?.files ?? [])
  })
  node.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
  })

  return {
    node,
    fill: (words) => {
      text.value = words
      problem.textContent = ''
      grow()
      text.focus()
      text.setSelectionRange(words.length, words.length)
    },
    setPlaceholder: (words) => {
      text.placeholder = words
    },
  }
}
