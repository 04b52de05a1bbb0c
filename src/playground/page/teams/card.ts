import type { CardJson } from '../../teams/model.ts'
import { busyWhile, h } from '../dom.ts'
import { HOST_CONFIG } from './host-config.ts'

// The official renderer, a script of the page: it is not written as a module.
declare const AdaptiveCards: typeof import('adaptivecards')

/** Which Action.Execute was pressed, counted in reading order, and all that stands in the card's inputs. */
export type Press = (button: number, filled: Record<string, string>) => Promise<unknown>

let hostConfig: import('adaptivecards').HostConfig | undefined

// Our cards hold no Markdown (adaptive-cards/README.md says why), so none is looked for.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = () => {}

/** Draws a card as Teams does. Its buttons rest while one of them is being answered. */
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
    // The playground numbers the buttons by their ids: 'button-3'.
    const number = Number(action.id?.replace('button-', ''))
    const inputs = card.getAllInputs().filter((input) => input.id !== undefined)
    const filled = Object.fromEntries(
      inputs.map((input) => [input.id ?? '', String(input.value ?? '')]),
    )
    void busyWhile(node, () => press(number, filled))
  }
  const drawn = card.render()
  if (drawn) node.append(drawn)
  return node
}

function openSafely(url: string | undefined): void {
  if (url && /^https?:/.test(url)) window.open(url, '_blank', 'noopener,noreferrer')
}
