import type express from 'express'
import type { AdminAccount } from '../authority/admins.ts'
import type { Clock } from '../base/clock.ts'
import { dateIn, fullMoment, momentAt, timeIn } from '../base/dates.ts'
import { Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { ProgrammeSample } from '../chat/installation.ts'
import { type ConfiguredPlatform, configurePlatform } from '../chat/platform-definition.ts'
import type { Database } from '../infra/db.ts'
import { slack as slackDefinition } from '../platforms/slack/index.ts'
import { teams as teamsDefinition } from '../platforms/teams/index.ts'
import { type PlaygroundActions, playgroundRouter } from './api.ts'
import { pageFiles } from './assets.ts'
import { type ClockStepper, createClockStepper, ZONE } from './clock-stepper.ts'
import { type Copy, copyNotice, settleCopy } from './copy.ts'
import { createEventStreams } from './event-streams.ts'
import { keepWindows, readKept } from './kept-windows.ts'
import { type MovableClock, movableClock } from './movable-clock.ts'
import { requirePlaygroundPackages } from './packages.ts'
import { type Residents, residentsOf } from './residents.ts'
import { type PlaygroundPerson, readSamples, type Sample, START_DATE } from './sample.ts'
import {
  latestSavedMoment,
  programmeSampleOf,
  seedSamples,
  updateTeamsServiceUrls,
} from './seed.ts'
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
  /**
   * Where the sample programmes are loaded, unless they are there already. The playground's clock continues from the
   * latest moment in it. Default: nothing is loaded, and the clock starts on Fri 27 Feb 2026, 09:30 in London.
   */
  db?: Database
  /** `db` is a copy of real programmes: their people are in the windows, and no sample is. */
  copy?: Copy | undefined
  /** The command that Slack knows. */
  command?: string
  /** A file that keeps what stands in the windows. Default: they begin empty. */
  keepIn?: string
}

export interface Connection {
  /** Where the bot listens, 'http://127.0.0.1:3000': /slack/events and /api/messages are below it. */
  botUrl: string
  /** Runs the jobs and sends the messages that are due by this step of the clock. */
  onClockMoved: (step: Date) => Promise<void>
}

export interface Playground {
  clock: MovableClock
  slack: SlackWorkspace
  teams: TeamsTenant
  /** How the service reaches the two. */
  platforms: readonly ConfiguredPlatform[]
  samples: readonly Sample[]
  /** Those who are in the windows, with their accounts. */
  people: readonly PlaygroundPerson[]
  /** The accounts of the first programme office: so that one can try to set up a programme. */
  admins: readonly AdminAccount[]
  /** The samples, as what a programme of one's own can begin with. */
  programmeSamples: readonly ProgrammeSample[]
  /** The page at '/', its files and its API. Loopback only. */
  router: express.Router
  /** Connects the bot to both platforms; before that nothing that people do reaches it. */
  connect(connection: Connection): void
  /** Closes the event streams of open pages, which would keep an HTTP server from closing. */
  closePages(): void
  close(): Promise<void>
}

/**
 * Starts a Slack workspace and a Teams tenant on this machine, with the people of the sample programmes.
 * @throws Refusal where the packages that only the playground uses are not installed
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { systemClock, log, db, copy, command = '/rag', keepIn } = options
  requirePlaygroundPackages()
  const { startSlack, startTeams } = await import('./start-fakes.ts')
  const samples = copy ? [] : await readSamples()
  const kept = keepIn === undefined ? undefined : readKept(keepIn, log)
  const saved = db && (await latestSavedMoment(db))
  const latest = Math.max(saved?.getTime() ?? 0, kept?.at ?? 0, copy?.at.getTime() ?? 0)
  const beginning = latest > 0 ? new Date(latest) : momentAt(START_DATE, '09:30', ZONE)
  const clock = movableClock(beginning, systemClock)
  if (db) await seedSamples(db, samples, clock.now())
  const residents = db && copy ? await settleCopy(db) : residentsOf(samples)
  const { people } = residents
  const slack = await startSlack(residents, { clock, systemClock })
  const teams = await startTeams(residents, { clock, systemClock })
  if (db) await updateTeamsServiceUrls(db, teams.tenant.serviceUrl)

  const windows =
    keepIn === undefined
      ? undefined
      : keepWindows(
          { slack: slack.workspace, teams: teams.tenant },
          { path: keepIn, kept, now: clock.now, log },
        )

  const notice = copy ? copyNotice(copy) : null
  const windowsOf = { slack: slack.workspace, teams: teams.tenant }
  const sources = { clock, command, people, notice, ...windowsOf }
  const streams = createEventStreams((id) =>
    buildViewModel(sources, stepper, personOf(residents, id)),
  )
  const stepper = createClockStepper(clock, streams.notify)
  slack.workspace.onChange(streams.notify)
  teams.tenant.onChange(streams.notify)

  let connection: Connection | undefined
  const actions: PlaygroundActions = {
    viewModelFor: (person) => buildViewModel(sources, stepper, person),
    performInSlack: (person, action) =>
      performSlackAction(slack.workspace, command, accountOf(person, 'slack'), action),
    performInTeams: (person, action) =>
      performTeamsAction(teams.tenant, accountOf(person, 'teams'), action),
    uploadedFile: (id) => slack.workspace.file(id),
    fileOf: (id) => slack.workspace.file(id) ?? teams.tenant.file(id),
    moveClock: async ({ to }) => {
      if (!connection)
        throw new Refusal('Milepost is not connected yet. Please try again in a moment.')
      await stepper.move(to, connection.onClockMoved)
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
    admins: adminAccountsOf(people),
    programmeSamples: samples.map(programmeSampleOf),
    router: playgroundRouter({
      ...{ personOf: (id) => personOf(residents, id), actions, stream: streams.stream, files, log },
    }),
    connect: (newConnection) => {
      connection = newConnection
      slack.workspace.setBotUrl(`${connection.botUrl}/slack/events`)
      teams.tenant.setBotUrl(`${connection.botUrl}/api/messages`)
    },
    closePages: streams.close,
    close: async () => {
      streams.close()
      windows?.close()
      await Promise.all([slack.workspace.close(), teams.tenant.close()])
    },
  }
}

function adminAccountsOf(people: readonly PlaygroundPerson[]): AdminAccount[] {
  const first = people.find(({ role }) => role === 'programme office')
  return [
    ...(first?.slack
      ? [{ platform: 'slack', tenant: first.slack.team, user: first.slack.user }]
      : []),
    ...(first?.teams ? [{ platform: 'teams', ...first.teams }] : []),
  ]
}

interface ViewModelSources {
  clock: Clock
  command: string
  people: readonly PlaygroundPerson[]
  notice: string | null
  slack: SlackWorkspace
  teams: TeamsTenant
}

function buildViewModel(
  { clock, command, people, notice, slack, teams }: ViewModelSources,
  stepper: ClockStepper,
  me: PlaygroundPerson,
): ViewModel {
  return {
    clock: clockViewModel(clock, stepper),
    ...{ command, notice },
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

function clockViewModel(clock: Clock, stepper: ClockStepper): ClockViewModel {
  const now = clock.now()
  const progress = stepper.progress()
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

/** By their id; without one, the person as whom the page begins. @throws Refusal where there is nobody of that id */
function personOf({ people, first }: Residents, id: string): PlaygroundPerson {
  const person = people.find((each) => each.id === (id || first))
  if (!person) throw new Refusal('Nobody of that name is in these programmes.')
  return person
}

function accountOf(person: PlaygroundPerson, platform: 'slack' | 'teams'): string {
  const account = person[platform]
  if (account) return account.user
  const name = platform === 'slack' ? 'Slack' : 'Teams'
  throw new Refusal(`${person.name} has no account in ${name}. Please act as somebody who has one.`)
}
