import type { Place } from '../../../src/base/addresses.ts'
import { newcomer } from '../matrix/programmes.ts'
import type { Town, Walker } from './town.ts'

/** What somebody could read, and the words that they brought themselves. */
export interface Read {
  readonly what: string
  readonly text: string
  readonly asked?: string
}

/** The canaries that somebody must not read, in any letter case, unless they typed them. */
export function leaksTo(
  { programmes }: Pick<Town, 'programmes'>,
  isIn: ReadonlySet<string>,
  { what, text, asked = '' }: Read,
): string[] {
  return programmes
    .map(({ things }) => things.canary)
    .filter((canary) => !isIn.has(canary))
    .flatMap((canary) => {
      // Two offices may say of one account that it is somebody of theirs: then that person is in both, under one name.
      const others = text.replaceAll(`${canary} Newcomer`, '')
      const found = [...others.matchAll(new RegExp(canary, 'giu'))]
      const strange = found.filter(([word]) => !asked.includes(word))
      return strange.slice(0, 1).map(({ index }) => {
        const around = others.slice(Math.max(0, index - 200), index + 100)
        return `${what} tells of ${canary}: …${around}…`
      })
    })
}

/** Of which programmes those who read a conversation may know: of a channel its own, of a private chat its person's. */
export function readersOf({ programmes, walkers }: Town, place: Place): ReadonlySet<string> {
  const channel = programmes.find(
    ({ things }) => things.channel.conversation === place.conversation,
  )
  if (channel) return new Set([channel.things.canary])
  // Whose account two offices are asked about: each may have said who it is.
  if (place.conversation.endsWith(newcomer)) {
    return new Set(programmes.map(({ things }) => things.canary))
  }
  return walkerAt(walkers, place.conversation)?.isIn ?? new Set()
}

/** A private chat is known by its account until it is opened. */
export function walkerAt(walkers: readonly Walker[], conversation: string): Walker | undefined {
  return walkers.find(({ identity: { user } }) => [user, `D${user}`].includes(conversation))
}
