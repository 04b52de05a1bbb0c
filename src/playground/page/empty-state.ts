import type { PersonViewModel, ViewModel } from '../view-model.ts'
import { type Child, h } from './dom.ts'

/** The content of a window for a person without an account there: who has one. */
export function noAccountState(
  model: ViewModel,
  platform: string,
  others: readonly PersonViewModel[],
  actAs: (person: string) => void,
): Child[] {
  const me = model.people.find(({ id }) => id === model.me)
  return [
    h(
      'p',
      { class: 'nobody-title' },
      `${me?.name ?? 'This person'} has no account in ${platform}.`,
    ),
    h('p', {}, `These people have one. Act as:`),
    h(
      'ul',
      {},
      ...others
        .filter(({ programme }) => programme === me?.programme)
        .slice(0, 6)
        .map(({ id, name, post }) =>
          h(
            'li',
            {},
            h(
              'button',
              { type: 'button', class: 'button', onclick: () => actAs(id) },
              h('strong', {}, name),
              ` ${post}`,
            ),
          ),
        ),
    ),
  ]
}
