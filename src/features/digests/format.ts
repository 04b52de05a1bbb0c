import type { Place } from '../../base/addresses.ts'
import type { Channel } from '../../chat/port.ts'
import type { Audience } from '../../domain/programme/audience.ts'

export const audiencePhrases: Readonly<Record<Audience, string>> = {
  internal: 'for the people of the programme alone',
  board: 'for the board',
  public: 'for the public',
}

/** '#leadership-board on Slack', 'the channel 19:… on Teams'. `platform`: its title. */
export function channelName({ conversation }: Place, { name }: Channel, platform: string): string {
  return name ? `#${name} on ${platform}` : `the channel ${conversation} on ${platform}`
}
