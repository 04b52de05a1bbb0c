/**
 * What would keep somebody from using the page as it stands, one line for each (WCAG 2.2 AA): controls without a
 * name (4.1.2), pictures without words (1.1.1), targets under 24 pixels (2.5.8), ids that come twice, headings
 * that skip a level (1.3.1), text with a contrast under 4.5, or 3 where it is large (1.4.3).
 */
export function barriers(): string[] {
  const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true })
  const all = (selector: string) => [...document.querySelectorAll(selector)].filter(visible)
  const show = (element: Element) =>
    `<${element.tagName.toLowerCase()} class="${element.className}">${(element.textContent ?? '').slice(0, 30)}`

  const nameOf = (element: Element): string => {
    const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? []
    const labels = 'labels' in element ? [...((element.labels as NodeList | null) ?? [])] : []
    const own = element.matches('button, a, summary') ? element.textContent : ''
    return [
      element.getAttribute('aria-label'),
      ...ids.map((id) => document.getElementById(id)?.textContent),
      ...labels.map((label) => label.textContent),
      own,
    ]
      .join('')
      .trim()
  }
  const controls = all('button, a[href], input, select, textarea, summary, [role=radiogroup]')
  const nameless = controls
    .filter((each) => nameOf(each) === '')
    .map((each) => `no name: ${show(each)}`)

  // A link within a sentence may be as small as its line; a box counts with its label.
  const targets = controls.filter((each) => !each.matches('p a, .rich a, .skip'))
  const small = targets
    .filter((each) => {
      const { width, height } = (each.closest('label') ?? each).getBoundingClientRect()
      return Math.min(width, height) < 24
    })
    .map((each) => `too small: ${show(each)}`)

  const wordless = all('img:not([alt])').map((each) => `no words: ${show(each)}`)
  const ids = all('[id]').map(({ id }) => id)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id twice: ${id}`)

  const levels = all('h1, h2, h3, h4, h5, h6').map(({ tagName }) => Number(tagName[1]))
  const skipped = levels
    .filter((level, at) => level > (levels[at - 1] ?? 0) + 1)
    .map((level) => `skips to heading ${level}`)

  type Colour = [number, number, number, number]
  const colour = (text: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
    return [red, green, blue, alpha]
  }
  const behind = (element: Element | null): Colour => {
    if (!element) return [255, 255, 255, 1]
    const own = colour(getComputedStyle(element).backgroundColor)
    return own[3] > 0.9 ? own : behind(element.parentElement)
  }
  const luminance = (from: Colour) => {
    const [red = 0, green = 0, blue = 0] = from.slice(0, 3).map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (element: Element) => {
    const [one, other] = [
      luminance(colour(getComputedStyle(element).color)),
      luminance(behind(element)),
    ]
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
  }
  const isLarge = (element: Element) => {
    const { fontSize, fontWeight } = getComputedStyle(element)
    const size = Number.parseFloat(fontSize)
    return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
  }
  const pale = all('body *')
    .filter((each) =>
      [...each.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim()),
    )
    .filter((each) => !each.matches('option, optgroup, [aria-disabled=true]'))
    .filter((each) => contrast(each) < (isLarge(each) ? 3 : 4.5))
    .map((each) => `contrast ${contrast(each).toFixed(2)}: ${show(each)}`)

  return [...nameless, ...small, ...wordless, ...twice, ...skipped, ...pale]
}
