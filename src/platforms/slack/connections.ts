import { webApi } from '@slack/bolt'
import { Refusal } from '../../base/errors.ts'
import { PlatformUnavailableError, WorkspaceBrokenError } from '../../chat/port.ts'
import type {
  InstalledApp,
  NotInstalled,
  WorkspaceInstallations,
} from '../../chat/workspace-installations.ts'
import { explainSlackError } from './error-codes.ts'
import type { RequestSource } from './request-source.ts'

/** What Milepost speaks with in one workspace: nothing goes out with the token of another. */
export interface Connection {
  readonly team: string
  /** The app's own account there. */
  readonly botUser: string
  readonly token: string
  readonly client: webApi.WebClient
}

export interface Connections {
  /** Asks Slack whose the configured token is; does nothing where there is none. Throws as the client does. */
  open(): Promise<void>
  /** @throws PlatformError where Milepost is not installed there, or does not know yet whose its token is */
  to(team: string): Promise<Connection>
  /**
   * Whether the workspace, or Slack organisation, is that of the configured token.
   * @throws Refusal while Slack has not said whose it is
   */
  isHome(team: string): boolean
  /** Where a request came from; undefined where Milepost is not installed there. @throws PlatformError */
  ofRequest(source: RequestSource): Promise<Connection | undefined>
}

export interface ConnectionOptions {
  /** The token of the configuration; undefined where workspaces install Milepost by themselves alone. */
  readonly botToken: string | undefined
  readonly clientOptions: webApi.WebClientOptions
  readonly installations: WorkspaceInstallations
}

export function createConnections(options: ConnectionOptions): Connections {
  const { botToken, clientOptions, installations } = options
  /** Whose the configured token is. `team` may be a Slack organisation, whose workspaces it then serves. */
  let home: (InstalledApp & { readonly team: string }) | undefined
  const connections = new Map<string, Connection>()

  function connect(team: string, { token, botUser, isOrganisationWide }: InstalledApp): Connection {
    const known = connections.get(team)
    if (known?.token === token) return known
    const client = new webApi.WebClient(token, {
      ...clientOptions,
      ...(isOrganisationWide && { teamId: team }),
    })
    const connection = { team, botUser, token, client }
    connections.set(team, connection)
    return connection
  }

  async function find(team: string): Promise<Connection | NotInstalled> {
    if (home?.team === team) return connect(team, home)
    const found = await installations.find({ platform: 'slack', tenant: team })
    return 'notInstalled' in found ? found : connect(team, found)
  }

  return {
    async open() {
      if (!botToken) return
      const client = new webApi.WebClient(botToken, clientOptions)
      const { team_id, enterprise_id, user_id, is_enterprise_install } = await client.auth.test()
      const isOrganisationWide = is_enterprise_install === true
      const team = isOrganisationWide ? enterprise_id : team_id
      if (!team || !user_id) {
        throw new Refusal('Milepost cannot start on Slack: the token does not belong to a bot.')
      }
      home = { team, token: botToken, botUser: user_id, isOrganisationWide }
    },

    async to(team) {
      const found = await find(team)
      if (!('notInstalled' in found)) return found
      if (botToken && !home) throw notOpenError()
      // Slack itself sees to it that the token of an organisation reaches none of another.
      if (home?.isOrganisationWide) return connect(team, home)
      throw notInstalledError(found)
    },

    isHome(team) {
      if (botToken && !home) throw new Refusal(notAnsweredText)
      return home?.team === team
    },

    async ofRequest({ teams, enterprise, isEnterpriseInstall }) {
      for (const team of teams) {
        if (home?.isOrganisationWide && home.team === enterprise) return connect(team, home)
        if (isEnterpriseInstall && enterprise) {
          await installations.noteServedVia({ platform: 'slack', tenant: team }, enterprise)
        }
        const found = await find(team)
        if (!('notInstalled' in found)) return found
        if (found.notInstalled !== 'app_not_installed') throw notInstalledError(found)
      }
      return undefined
    },
  }
}

/** The message waits with its workspace until the app is installed again, or the key is back. */
function notInstalledError({ notInstalled: code }: NotInstalled): WorkspaceBrokenError {
  return new WorkspaceBrokenError(code, explainSlackError(code)?.words ?? code)
}

const notAnsweredText =
  'Slack has not answered since Milepost was started. Please open the link again in a few minutes.'

function notOpenError(): PlatformUnavailableError {
  return new PlatformUnavailableError(
    'not_open',
    'Slack has not said yet whose the token is.',
    'no',
  )
}
