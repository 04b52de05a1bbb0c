import { h } from './dom.ts'

const TINTS = 6

/** A tile with the initials: hidden from screen readers, as the name is beside it. */
export function avatar(name: string, isBot = false): HTMLElement {
  const initials = name
    .split(' ')
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
  const tint = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % TINTS
  const look = isBot ? 'avatar avatar-bot' : `avatar avatar-${tint}`
  return h('span', { class: look, 'aria-hidden': 'true' }, initials)
}
