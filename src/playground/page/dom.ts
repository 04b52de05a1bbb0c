/** Creates and updates elements. All text becomes text nodes: nothing that people write is parsed as markup. */

export type Child = Node | string | null | undefined | false

type Attribute = string | number | boolean | undefined | ((event: Event) => void)

/** An element. A function is a listener (`onclick`); true is an attribute without a value; undefined and false add nothing. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value))
  }
  element.append(...children.filter(isPresent))
  return element
}

function isPresent(child: Child): child is Node | string {
  return child !== null && child !== undefined && child !== false
}

/** Text for screen readers only. */
export function visuallyHidden(words: string): HTMLElement {
  return h('span', { class: 'unseen' }, words)
}

const lastDrawn = new WeakMap<Element, { key: string; data: string }>()

/**
 * Makes the children of `parent` show these items in this order. A child whose item has not changed is kept, with
 * its focus, its scroll position and any text that is being typed in it.
 */
export function syncChildren<Item>(
  parent: Element,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  draw: (item: Item) => Element,
): void {
  const keys = new Set(items.map(keyOf))
  const before = new Map<string, Element>()
  for (const child of [...parent.children]) {
    const key = lastDrawn.get(child)?.key
    if (key !== undefined && keys.has(key)) before.set(key, child)
    else child.remove()
  }
  let place: Element | null = parent.firstElementChild
  for (const item of items) {
    const [key, data] = [keyOf(item), JSON.stringify(item)]
    let child = before.get(key)
    if (!child || lastDrawn.get(child)?.data !== data) {
      const replacement = draw(item)
      lastDrawn.set(replacement, { key, data })
      if (child === place && child) place = replacement
      if (child) replaceWithFocus(child, replacement)
      child = replacement
    }
    // Moving an element takes its focus away, so one in the right place is not moved.
    if (child === place) place = child.nextElementSibling
    else parent.insertBefore(child, place)
  }
}

/** Replaces an element. A focus inside it (on a button that was just pressed, say) moves to the new one. */
function replaceWithFocus(old: Element, replacement: Element): void {
  const hadFocus = old.contains(document.activeElement)
  old.replaceWith(replacement)
  if (hadFocus && replacement instanceof HTMLElement) {
    replacement.tabIndex = -1
    replacement.focus({ preventScroll: true })
  }
}

/** Draws into `parent` only when `data` has changed since the last time. */
export function drawWhenChanged(parent: Element, data: unknown, draw: () => Child[]): void {
  const now = JSON.stringify(data)
  if (lastDrawn.get(parent)?.data === now) return
  lastDrawn.set(parent, { key: '', data: now })
  parent.replaceChildren(...draw().filter(isPresent))
}

/**
 * Runs `work` with the element marked as busy; a second press meanwhile does nothing. The element is not disabled,
 * which would take the focus away from it.
 */
export async function busyWhile(element: HTMLElement, work: () => Promise<unknown>): Promise<void> {
  if (element.ariaBusy === 'true') return
  element.ariaBusy = 'true'
  try {
    await work()
  } finally {
    element.ariaBusy = null
  }
}
