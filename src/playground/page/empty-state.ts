import type { PersonViewModel, ViewModel } from '../view-model.ts'
import { type Child, h } from './dom.ts'

/** What stands in a window for somebody without an account there: who has one. */
export function noAccountState(
  seen: ViewModel,
  platform: string,
  others: readonly PersonViewModel[],
  become: (person: string) => void,
): Child[] {
  const me = seen.people.find(({ id }) => id === seen.me)
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
              { type: 'button', class: 'button', onclick: () => become(id) },
              h('strong', {}, name),
              ` ${post}`,
            ),
          ),
        ),
    ),
  ]
}
