import type { CardJson } from '../../teams/model.ts'
import { busyWhile, h } from '../dom.ts'
import { HOST_CONFIG } from './host-config.ts'

// The official renderer: a script of the page, not a module.
declare const AdaptiveCards: typeof import('adaptivecards')

/** `button` is the index of the Action.Execute in reading order; `filled` has the value of every input of the card. */
export type Press = (button: number, filled: Record<string, string>) => Promise<unknown>

let hostConfig: import('adaptivecards').HostConfig | undefined

// Our cards have no Markdown (adaptive-cards/README.md says why), so it is not parsed.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = () => {}

/** Draws a card as Teams does. While the response to a button is awaited, the others do nothing. */
export function drawCard(json: CardJson, press: Press): HTMLElement {
  hostConfig ??= new AdaptiveCards.HostConfig(HOST_CONFIG)
  const card = new AdaptiveCards.AdaptiveCard()
  card.hostConfig = hostConfig
  card.parse(json)
  const node = h('div', { class: 'card' })

  card.onExecuteAction = (action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) {
      openSafely(action.url)
      return
    }
    // The playground gives the buttons numbered ids: 'button-3'.
    const number = Number(action.id?.replace('button-', ''))
    const inputs = card.getAllInputs().filter((input) => input.id !== undefined)
    const filled = Object.fromEntries(
      inputs.map((input) => [input.id ?? '', String(input.value ?? '')]),
    )
    void busyWhile(node, () => press(number, filled))
  }
  const rendered = card.render()
  if (rendered) node.append(rendered)
  nameButtons(node)
  return node
}

/** Teams reads a button's tooltip out; the renderer keeps it in `title` alone, which not every screen reader says. */
function nameButtons(card: HTMLElement): void {
  for (const button of card.querySelectorAll<HTMLButtonElement>('button[title]')) {
    button.ariaLabel = button.title
  }
}

function openSafely(url: string | undefined): void {
  if (url && /^https?:/.test(url)) window.open(url, '_blank', 'noopener,noreferrer')
}
