import type { ChosenFile } from '../view-model.ts'
import { h } from './dom.ts'

/** Files that a person chooses, and files that a message brings. */

const units = ['bytes', 'KB', 'MB']

/** '9 bytes', '1.2 MB'. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const size = bytes / 1000 ** power
  return `${size.toLocaleString('en-GB', { maximumFractionDigits: 1 })} ${units[power]}`
}

/** A file of a message, with a link that downloads it. */
export function fileLink(id: string, name: string, bytes?: number): HTMLElement {
  const href = `/playground/api/downloads/${encodeURIComponent(id)}`
  return h(
    'p',
    { class: 'file' },
    h('a', { href, download: name, 'aria-label': `Download ${name}` }, name),
    bytes !== undefined && h('span', { class: 'file-size' }, sizeText(bytes)),
  )
}

export interface FilePicker {
  /** The button, for the composer. */
  readonly button: HTMLElement
  /** What is chosen, below it. */
  readonly list: HTMLElement
  chosen(): readonly File[]
  add(files: Iterable<File>): void
  clear(): void
}

/** Lets people choose files with the keyboard or the mouse; see `add` for files that are dropped. */
export function filePicker(label: string): FilePicker {
  let files: File[] = []
  const input = h('input', { type: 'file', multiple: true, hidden: true, 'aria-label': label })
  const button = h('button', { type: 'button', class: 'attach' }, 'Attach')
  button.setAttribute('aria-label', `Attach files: ${label}`)
  const list = h('ul', { class: 'chosen-files', 'aria-label': `Files to send: ${label}` })
  const node = h('span', {}, button, input)

  const draw = () => {
    list.hidden = files.length === 0
    list.replaceChildren(
      ...files.map((file) => {
        const remove = () => {
          files = files.filter((other) => other !== file)
          draw()
          button.focus()
        }
        return h(
          'li',
          {},
          h('span', {}, `${file.name}, ${sizeText(file.size)}`),
          h(
            'button',
            {
              ...{ type: 'button', class: 'button quiet', onclick: remove },
              'aria-label': `Remove ${file.name}`,
            },
            'Remove',
          ),
        )
      }),
    )
  }
  const add = (more: Iterable<File>) => {
    files = [...files, ...more]
    draw()
  }
  button.addEventListener('click', () => input.click())
  input.addEventListener('change', () => {
    add(input.files ?? [])
    input.value = ''
  })
  draw()

  return {
    button: node,
    list,
    chosen: () => files,
    add,
    clear: () => {
      files = []
      draw()
    },
  }
}

/** The files as the API takes them. */
export function readFiles(files: readonly File[]): Promise<ChosenFile[]> {
  return Promise.all(
    files.map(async (file) => ({
      ...{ name: file.name, contentType: file.type || 'application/octet-stream' },
      content: await base64Of(file),
    })),
  )
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error)
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.readAsDataURL(file)
  })
}
