import type { Snapshot, View } from '../../slack/model.ts'
import { drawWhenChanged, h } from '../dom.ts'
import { drawBlocks } from './blocks.ts'
import type { Control, ControlValue } from './elements.ts'

type Choose = (
  view: string,
  actionId: string,
  choice: ControlValue | undefined,
  answers: Record<string, ControlValue>,
) => Promise<unknown>

/** The Home tab of Milepost as one person sees it: a region that the keyboard reaches and scrolls. */
export function createHomeTab(choose: Choose) {
  const node = h('div', {
    class: 'home messages',
    tabindex: 0,
    role: 'region',
    'aria-label': 'The Home tab of Milepost',
  })

  function draw(view: View | null, names: Snapshot): void {
    drawWhenChanged(node, view?.hash ?? '', () => (view ? [drawView(view, names)] : [waiting()]))
  }

  function drawView(view: View, names: Snapshot): HTMLElement {
    const fields = new Map<string, Control>()
    const answers = () => Object.fromEntries([...fields].map(([id, field]) => [id, field.read()]))
    return h(
      'div',
      { class: 'home-page' },
      drawBlocks(view.blocks, {
        names,
        prefix: `h${view.id}`,
        heading: 'h4',
        errors: {},
        onField: (_blockId, actionId, control) => fields.set(actionId, control),
        act: (_blockId, actionId, choice) => choose(view.id, actionId, choice, answers()),
      }),
    )
  }

  return { node, draw }
}

const waiting = () => h('p', { class: 'empty' }, 'Milepost is drawing your page.')
