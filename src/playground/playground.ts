import type express from 'express'
import type { Clock } from '../base/clock.ts'
import { dateIn, fullMoment, momentAt, timeIn } from '../base/dates.ts'
import { Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { type ConfiguredPlatform, configurePlatform } from '../chat/platform-definition.ts'
import { slack as slackDefinition } from '../platforms/slack/index.ts'
import { teams as teamsDefinition } from '../platforms/teams/index.ts'
import { type PlaygroundActions, playgroundRouter } from './api.ts'
import { pageFiles } from './assets.ts'
import { type ClockStepper, createClockStepper, ZONE } from './clock-stepper.ts'
import { createEventStreams } from './event-streams.ts'
import { type MovableClock, movableClock } from './movable-clock.ts'
import { requirePlaygroundPackages } from './packages.ts'
import { peopleOf, readSamples, type Sample, type SamplePerson, START_DATE } from './sample.ts'
import type { SlackWorkspace } from './slack/workspace.ts'
import { performSlackAction } from './slack-actions.ts'
import type { TeamsTenant } from './teams/tenant.ts'
import { performTeamsAction, withNumberedButtons } from './teams-actions.ts'
import type { ClockViewModel, ViewModel } from './view-model.ts'

export type { Sample }

export interface PlaygroundOptions {
  /** The real one. */
  systemClock: Clock
  log: Log
  /** Where the playground's clock begins: Fri 27 Feb 2026, 09:30 in London, unless told otherwise. */
  startAt?: Date | undefined
  /** The command that Slack knows. */
  command?: string
}

export interface Connection {
  /** Where the bot listens, 'http://127.0.0.1:3000': /slack/events and /api/messages are below it. */
  botUrl: string
  /** Called at each step of the clock; does and sends what is due by then. */
  onClockMoved: (step: Date) => Promise<void>
}

export interface Playground {
  clock: MovableClock
  slack: SlackWorkspace
  teams: TeamsTenant
  /** How the service reaches the two. */
  platforms: readonly ConfiguredPlatform[]
  samples: readonly Sample[]
  /** The people of the samples, with their accounts. */
  people: readonly SamplePerson[]
  /** The page at '/', its files and its API. Loopback only. */
  router: express.Router
  /** Joins the bot to the workplaces; before that nothing that people do reaches it. */
  connect(connection: Connection): void
  /** Lets go of the open pages: their streams of events would keep an HTTP server from closing. */
  closePages(): void
  close(): Promise<void>
}

/**
 * Starts a Slack workspace and a Teams tenant on this machine, with the people of the sample programmes.
 * @throws Refusal where the packages that only the playground uses are not installed
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { systemClock, log, command = '/rag' } = options
  requirePlaygroundPackages()
  const { startSlack, startTeams } = await import('./start-fakes.ts')
  const samples = await readSamples()
  const people = samples.flatMap(peopleOf)
  const start = options.startAt ?? momentAt(START_DATE, '09:30', ZONE)
  const clock = movableClock(start, systemClock)
  const slack = await startSlack(samples, { clock, systemClock })
  const teams = await startTeams(people, { clock, systemClock })

  const parts = { clock, command, people, slack: slack.workspace, teams: teams.tenant }
  const streams = createEventStreams((id) => buildViewModel(parts, moves, personOf(people, id)))
  const moves = createClockStepper(clock, streams.changed)
  slack.workspace.onChange(streams.changed)
  teams.tenant.onChange(streams.changed)

  let connection: Connection | undefined
  const acts: PlaygroundActions = {
    viewModelFor: (person) => buildViewModel(parts, moves, person),
    performInSlack: (person, act) =>
      performSlackAction(slack.workspace, command, accountOf(person, 'slack'), act),
    performInTeams: (person, act) =>
      performTeamsAction(teams.tenant, accountOf(person, 'teams'), act),
    uploadedFile: (id) => slack.workspace.file(id),
    moveClock: async ({ to }) => {
      if (!connection)
        throw new Refusal('Milepost is not connected yet. Please try again in a moment.')
      await moves.move(to, connection.onClockMoved)
    },
  }
  const files = await pageFiles()

  return {
    clock,
    slack: slack.workspace,
    teams: teams.tenant,
    platforms: [
      configurePlatform(slackDefinition, slack.config),
      configurePlatform(teamsDefinition, teams.config),
    ],
    samples,
    people,
    router: playgroundRouter({ people, acts, stream: streams.stream, files, log }),
    connect: (joined) => {
      connection = joined
      slack.workspace.setBotUrl(`${joined.botUrl}/slack/events`)
      teams.tenant.setBotUrl(`${joined.botUrl}/api/messages`)
    },
    closePages: streams.close,
    close: async () => {
      streams.close()
      await Promise.all([slack.workspace.close(), teams.tenant.close()])
    },
  }
}

interface ViewModelSources {
  clock: Clock
  command: string
  people: SamplePerson[]
  slack: SlackWorkspace
  teams: TeamsTenant
}

function buildViewModel(
  { clock, command, people, slack, teams }: ViewModelSources,
  moves: ClockStepper,
  me: SamplePerson,
): ViewModel {
  return {
    clock: clockViewModel(clock, moves),
    command,
    people: people.map((person) => ({
      id: person.id,
      name: person.name,
      post: person.post,
      role: person.role,
      programme: person.programme,
      onSlack: person.slack !== null,
      onTeams: person.teams !== null,
    })),
    me: me.id,
    slack: me.slack && slack.snapshot(me.slack.user),
    teams: me.teams && withNumberedButtons(teams.snapshot(me.teams.user)),
  }
}

function clockViewModel(clock: Clock, moves: ClockStepper): ClockViewModel {
  const now = clock.now()
  const progress = moves.progress()
  return {
    now: now.toISOString(),
    zone: ZONE,
    local: `${dateIn(ZONE, now)}T${timeIn(ZONE, now)}`,
    moving: progress && {
      to: fullMoment(progress.to, ZONE),
      share: progress.done / progress.steps,
    },
  }
}

function personOf(people: SamplePerson[], id: string): SamplePerson {
  const person = people.find((each) => each.id === id)
  if (!person) throw new Error(`Nobody is called ${id} in the sample programmes.`)
  return person
}

function accountOf(person: SamplePerson, platform: 'slack' | 'teams'): string {
  const account = person[platform]
  if (account) return account.user
  const name = platform === 'slack' ? 'Slack' : 'Teams'
  throw new Refusal(`${person.name} has no account in ${name}. Please act as somebody who has one.`)
}
