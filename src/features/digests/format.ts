import type { Place } from '../../base/addresses.ts'
import { listOf } from '../../base/text.ts'
import type { Channel } from '../../chat/port.ts'
import type { Audience } from '../../domain/programme/audience.ts'
import type { Subscription } from '../../domain/schedule/subscription-store.ts'

export const audiencePhrases: Readonly<Record<Audience, string>> = {
  internal: 'for the people of the programme alone',
  board: 'for the board',
  public: 'for the public',
}

/** 'for the board, serving Improvement Board and the chair'. */
export function formatReaders({
  audience,
  boards,
}: Pick<Subscription, 'audience' | 'boards'>): string {
  const serving = boards.length > 0 ? `, serving ${listOf(boards)}` : ''
  return `${audiencePhrases[audience]}${serving}`
}

/** '#leadership-board on Slack', 'the channel 19:… on Teams'. `platform`: its title. */
export function channelName({ conversation }: Place, { name }: Channel, platform: string): string {
  return name ? `#${name} on ${platform}` : `the channel ${conversation} on ${platform}`
}
