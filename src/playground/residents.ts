import { type PlaygroundPerson, peopleOf, type Sample } from './sample.ts'
import type { ChannelOptions } from './slack/state.ts'

/** Who lives in the playground's workspace and tenant, and the channels there. */
export interface Residents {
  /** Names the workspace and the tenant. */
  readonly council: string
  readonly people: readonly PlaygroundPerson[]
  /** The id of the person as whom the page begins. */
  readonly first: string
  readonly slackChannels: readonly ChannelOptions[]
  readonly teamsTeam: TeamsTeam
}

export interface TeamsTeam {
  readonly id: string
  readonly name: string
  /** The first is the team's own. */
  readonly channels: readonly { readonly id: string; readonly name: string }[]
}

export const slackTeamId = 'T0MILEPOST'
export const teamsTenantId = '7c1e5a10-0000-4000-8000-000000000001'
const general = '19:brightwater-general@thread.tacv2'

export function teamOf(name: string, channels: TeamsTeam['channels']): TeamsTeam {
  return { id: general, name, channels: [{ id: general, name: 'General' }, ...channels] }
}

/** The people of the samples, each programme with its channels. */
export function residentsOf(samples: readonly Sample[]): Residents {
  return {
    council: 'Brightwater',
    people: samples.flatMap(peopleOf),
    first: 'asha-verity',
    slackChannels: samples.flatMap((sample) =>
      sample.channels.map((channel) => privateChannel(channel, peopleOf(sample))),
    ),
    teamsTeam: teamOf('Brightwater Improvement', [
      { id: '19:brightwater-board@thread.tacv2', name: 'Leadership board' },
    ]),
  }
}

/** A board's channel is for the people who were invited. Those without a Slack account are not in it. */
export function privateChannel(
  channel: { readonly id: string; readonly name: string },
  people: readonly PlaygroundPerson[],
): ChannelOptions {
  const members = people.flatMap(({ slack }) => (slack ? [slack.user] : []))
  return { ...channel, members, reach: 'private' }
}
