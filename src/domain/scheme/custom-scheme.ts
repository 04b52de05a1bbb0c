import { Refusal } from '../../base/errors.ts'
import { collapseWhitespace, fold, quoted } from '../../base/text.ts'
import { type Colour, colours } from './colour.ts'
import { allStates, customScheme } from './schemes.ts'
import type { CustomState } from './settings.ts'

/** Forms and reports have room for no more. */
const minStates = 2
const maxStates = 7
const maxLabelLength = 40

/** A label may hold no character that a platform takes for markup. */
export const labelPattern = /^[\p{L}\p{N}][\p{L}\p{N} /&'’(),.-]*$/u

const shapes: Readonly<Record<Colour, string>> = {
  ...{ red: '◆', amber: '▲', green: '●', blue: '■', grey: '▽' },
}
/** For states that share a colour: each state has a shape of its own. */
const spareShapes = ['★', '▼', '◐', '◈', '✚', '▣', '✦']

/**
 * A programme's own states as a person writes them, worst first, each with its colour: "Stalled red, Slipping amber,
 * Moving green". Green and blue ones are good: they need no reason. @throws Refusal that says what to mend
 */
export function parseCustomStates(text: string): CustomState[] {
  const parts = text.split(/[,;]/).map(collapseWhitespace)
  if (parts.length < minStates || parts.length > maxStates) {
    throw new Refusal(`A scheme has ${minStates} to ${maxStates} states. ${example}`)
  }
  const states: CustomState[] = []
  for (const [at, part] of parts.entries()) {
    states.push(parseCustomState(part, parts.length - 1 - at, states))
  }
  if (!states.some(({ good }) => good) || states.every(({ good }) => good)) {
    throw new Refusal(
      `At least one state is green or blue, as it should be, and one is not. ${example}`,
    )
  }
  refuseDuplicateWords(states)
  return states
}

const example =
  'Write them worst first, each with its colour: Stalled red, Slipping amber, Moving green. Nothing was changed.'

function parseCustomState(
  part: string,
  severity: number,
  before: readonly CustomState[],
): CustomState {
  const [, label = '', word = ''] = /^(.*\S) \(?(\p{L}+)\)?$/u.exec(part) ?? []
  const colour = colours.find((each) => each === fold(word))
  if (!colour) throw new Refusal(`I found no colour in ${quoted(part)}. ${example}`)
  if (label.length > maxLabelLength || !labelPattern.test(label)) {
    throw new Refusal(
      `${quoted(label)} cannot be a state: use letters and figures, at most ${maxLabelLength}. Nothing was changed.`,
    )
  }
  const taken = (shape: string) => before.some((state) => state.shape === shape)
  const shape = [shapes[colour], ...spareShapes].find((each) => !taken(each)) ?? shapes[colour]
  return {
    // No label begins like this, so a key that a form sends is never parsed as the first words of another state.
    key: `own-${slug(label) || severity}`,
    ...{ label, letter: letterFor(label, before), shape, colour, severity, words: [] },
    good: colour === 'green' || colour === 'blue',
  }
}

function letterFor(label: string, before: readonly CustomState[]): string {
  const options = [label.slice(0, 1), label.slice(0, 2), String(before.length + 1)]
  const free = options.find((option) => !before.some(({ letter }) => fold(letter) === fold(option)))
  return (free ?? label.slice(0, 1)).toUpperCase()
}

/** 'Slipping a bit' → 'slipping-a-bit' */
export function slug(label: string): string {
  return fold(label)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function refuseDuplicateWords(states: readonly CustomState[]): void {
  const words = allStates(customScheme(states)).flatMap((state) => state.words)
  const twice = words.find((word, at) => words.indexOf(word) !== at)
  if (twice === undefined) return
  throw new Refusal(`${quoted(twice)} would mean two states. Nothing was changed.`)
}
