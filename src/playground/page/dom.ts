/** Making and keeping elements. All text goes in as text nodes: nothing that people write is read as markup. */

export type Child = Node | string | null | undefined | false

type Attribute = string | number | boolean | undefined | ((event: Event) => void)

/** An element. `onclick` and its like listen; true is an attribute without a value; undefined and false are left out. */
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

/** Words for screen readers alone. */
export function visuallyHidden(words: string): HTMLElement {
  return h('span', { class: 'unseen' }, words)
}

const lastDrawn = new WeakMap<Element, { key: string; data: string }>()

/**
 * Makes the children of `parent` show these items in this order. A child whose item is unchanged stays as it is,
 * with its focus, its scroll position and whatever is half typed in it.
 */
export function syncChildren<Item>(
  parent: Element,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  draw: (item: Item) => Element,
): void {
  const wanted = new Set(items.map(keyOf))
  const before = new Map<string, Element>()
  for (const child of [...parent.children]) {
    const key = lastDrawn.get(child)?.key
    if (key !== undefined && wanted.has(key)) before.set(key, child)
    else child.remove()
  }
  let place: Element | null = parent.firstElementChild
  for (const item of items) {
    const [key, data] = [keyOf(item), JSON.stringify(item)]
    let child = before.get(key)
    if (!child || lastDrawn.get(child)?.data !== data) {
      const fresh = draw(item)
      lastDrawn.set(fresh, { key, data })
      if (child === place && child) place = fresh
      if (child) replaceWithFocus(child, fresh)
      child = fresh
    }
    // Moving an element takes its focus away, so what stands right stays.
    if (child === place) place = child.nextElementSibling
    else parent.insertBefore(child, place)
  }
}

/** Whoever was in the old element (on a button that was just pressed, say) finds themselves in the new one. */
function replaceWithFocus(old: Element, fresh: Element): void {
  const hadFocus = old.contains(document.activeElement)
  old.replaceWith(fresh)
  if (hadFocus && fresh instanceof HTMLElement) {
    fresh.tabIndex = -1
    fresh.focus({ preventScroll: true })
  }
}

/** Draws into `parent` only when `data` differs from the last time. */
export function drawWhenChanged(parent: Element, data: unknown, draw: () => Child[]): void {
  const now = JSON.stringify(data)
  if (lastDrawn.get(parent)?.data === now) return
  lastDrawn.set(parent, { key: '', data: now })
  parent.replaceChildren(...draw().filter(isPresent))
}

/**
 * Runs `work` with the element marked as busy; a second press meanwhile does nothing. It is not disabled, since
 * that would take the focus from whoever pressed it.
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
