import type { ChatIdentity } from './addresses.ts'
import { fold } from './text.ts'

/** An account that a typed line names with the platform's @mention. */
export interface Mention {
  /** How it stands in the line: "@asha", "Asha Verity". */
  readonly text: string
  readonly account: ChatIdentity
}

/** The mention that these words of a line are. */
export function findMention(mentions: readonly Mention[], words: string): Mention | undefined {
  const wanted = fold(words)
  return mentions.find(({ text }) => fold(text) === wanted)
}
