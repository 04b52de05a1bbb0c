import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Installation, webApi } from '@slack/bolt'
import { ErrorCode, InstallProvider } from '@slack/oauth'
import { messageOf, Refusal } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { urlBelow } from '../../base/public-url.ts'
import type { PlatformRoute } from '../../chat/platform-definition.ts'
import type { WorkspaceInstallations } from '../../chat/workspace-installations.ts'
import { createBoltLogger } from './bolt-logger.ts'
import type { SlackOAuth } from './config.ts'
import { installPath, redirectPath } from './install-paths.ts'
import { installScopes } from './manifest.ts'
import { createStateStore, metadataOf, organisationIdOf } from './oauth-state.ts'

/** By which workspaces install Milepost, beginning with the link that an operator gave to their organisation. */

export interface InstallRouteOptions {
  readonly oauth: SlackOAuth
  /** Where browsers reach Milepost. What they say of it themselves is never believed. */
  readonly publicUrl: string
  readonly installations: WorkspaceInstallations
  readonly clientOptions: webApi.WebClientOptions
  /** Another address than Slack's own, of a workspace on this machine. */
  readonly authorizeUrl?: string | undefined
  /** Whether the workspace is that of the configured token. */
  readonly isHome: (team: string) => boolean
  readonly renderPage: (text: string) => string
  readonly log: Log
}

export function createInstallRoutes(options: InstallRouteOptions): PlatformRoute[] {
  const { oauth, publicUrl, installations, clientOptions, authorizeUrl, log } = options
  const redirectUri = urlBelow(publicUrl, redirectPath)
  const provider = new InstallProvider({
    ...oauth,
    stateStore: createStateStore(oauth.clientSecret, installations.takeOnce),
    installationStore: {
      storeInstallation: (installation) => save(options, installation),
      // What is stored is found by the connections, and taken away by Slack's events.
      fetchInstallation: () => Promise.reject(new Error('Nothing is fetched here.')),
    },
    directInstall: true,
    logger: createBoltLogger(log),
    clientOptions,
    ...(authorizeUrl !== undefined && { authorizationUrl: authorizeUrl }),
  })

  async function begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const code = new URL(request.url ?? '', publicUrl).searchParams.get('organisation') ?? ''
    const invited = await installations.invitation(code)
    if (!invited) return show(options, response, 403, linkText)
    const metadata = metadataOf(invited.organisationId)
    const asked = { scopes: [...installScopes], redirectUri, metadata }
    await provider.handleInstallPath(request, response, {}, asked)
  }

  const end = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    provider.handleCallback(request, response, {
      success: ({ team, enterprise }) => {
        const name = team?.name ?? enterprise?.name ?? 'your workspace'
        show(options, response, 200, installedText(name))
      },
      failure: (error) => {
        log.warn({ platform: 'slack', error: messageOf(error) }, 'An install was not finished')
        show(options, response, 400, failureText(error))
      },
    })

  const route = (path: string, answer: typeof begin): PlatformRoute => ({
    ...{ method: 'get', path },
    listener: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error({ platform: 'slack', error: messageOf(error) }, 'An install failed')
        show(options, response, 500, failureText(error))
      })
    },
  })
  return [route(installPath, begin), route(redirectPath, end)]
}

/** @throws Refusal where the workspace is served already, for another organisation */
async function save(
  { installations, isHome }: InstallRouteOptions,
  { team, enterprise, isEnterpriseInstall, bot, user, metadata }: Installation,
): Promise<void> {
  const installed = isEnterpriseInstall ? enterprise : team
  if (!installed || !bot) throw new Error('Slack did not say what was installed where.')
  if (isHome(installed.id)) throw new Refusal(servedText)
  const saved = await installations.save({
    ...{ platform: 'slack', tenant: installed.id, name: installed.name ?? null },
    organisationId: organisationIdOf(metadata),
    ...{ token: bot.token, botUser: bot.userId, scopes: bot.scopes, installedBy: user.id },
    renewal: renewalOf(bot),
  })
  if (saved === 'of another organisation') throw new Refusal(servedText)
}

/** Slack's SDK counts the seconds until the token ends from now. */
function renewalOf({ refreshToken, expiresAt }: NonNullable<Installation['bot']>) {
  if (refreshToken === undefined || expiresAt === undefined) return null
  return { refreshToken, expiresAt: new Date(expiresAt * 1000) }
}

function show(
  { renderPage }: InstallRouteOptions,
  response: ServerResponse,
  status: number,
  text: string,
): void {
  if (response.headersSent) return
  // Its address has a code in it, which no page that it leads to is to learn.
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cache-Control', 'no-store')
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  response.end(renderPage(text))
}

const notInstalled = '# Milepost was not installed'
const linkText = `${notInstalled}

This link is not one of ours, or it is too old. Please ask whoever runs Milepost for a new one.`
const servedText =
  'This workspace has Milepost already, for another organisation. Please tell whoever runs Milepost if that is wrong.'

const installedText = (name: string) => `# Milepost is installed in ${name}

You can close this page. In Slack, write “whoami” to Milepost, and give what it answers to whoever runs Milepost: they can let you set up programmes.`

const stateText =
  'This is not the end of an install that began in this browser within the last ten minutes, or it has ended once. Please open the link again that you were given.'

const reasons: Readonly<Record<string, string>> = {
  [ErrorCode.AuthorizationError]:
    'You stopped it at Slack. You can open the link again at any time.',
  [ErrorCode.InvalidStateError]: stateText,
  [ErrorCode.MissingStateError]: stateText,
  [ErrorCode.MissingCodeError]: stateText,
}

function failureText(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  const reason = error instanceof Refusal ? error.message : reasons[String(code)]
  return `${notInstalled}

${reason ?? 'Something went wrong on the way. Nothing was kept. Please open the link again; if it goes on, tell whoever runs Milepost.'}`
}
