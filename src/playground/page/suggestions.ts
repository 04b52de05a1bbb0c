import type { App } from './app.ts'
import { h } from './dom.ts'

/** Three things to try, in order: together they show the whole product. */
export function suggestions(app: App): HTMLElement {
  const steps: [string, string, () => void][] = [
    [
      'Say how a project stands',
      'as Asha, a lead',
      () =>
        app.suggestInSlack(
          'asha-verity',
          'Milepost',
          '/rag 2.1 amber The new site is chosen and being set up green by 30 Apr',
        ),
    ],
    [
      'Set up the weekly digest',
      'as Priya, for the board',
      () =>
        app.suggestInSlack(
          'priya-marlowe',
          'leadership-board',
          '/rag digest here weekly monday 09:00',
        ),
    ],
    [
      'Move the clock to Monday',
      'and see what Milepost sends',
      () => void app.act('clock', { to: 'next monday' }),
    ],
  ]
  return h(
    'nav',
    { class: 'suggestions', 'aria-label': 'Things to try' },
    h('p', {}, 'Try'),
    h(
      'ol',
      {},
      ...steps.map(([words, more, onclick], at) =>
        h(
          'li',
          {},
          h(
            'button',
            { type: 'button', class: 'suggestion', onclick },
            h('span', { class: 'suggestion-number', 'aria-hidden': 'true' }, String(at + 1)),
            h('span', {}, h('strong', {}, words), ` ${more}`),
          ),
        ),
      ),
    ),
  )
}
