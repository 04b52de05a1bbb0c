import type { RequestListener } from 'node:http'
import type { z } from 'zod'
import type { ChannelMove, ChatIdentity, Place, PlatformName } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import type { Diagnostic } from '../base/diagnostic.ts'
import type { Log } from '../base/log.ts'
import type { OutboundProxy } from '../base/outbound-proxy.ts'
import type { ErrorExplanation } from './error-meaning.ts'
import type { KeptFiles } from './kept-files.ts'
import type { ChatPlatform, ChatRequestHandler } from './port.ts'
import type { BodyReader } from './request-body.ts'
import type { ExpiringToken, WorkspaceInstallations } from './workspace-installations.ts'

/**
 * All that Milepost knows of a platform beside its adapter. `src/platforms/<name>/index.ts` exports one and
 * `src/app/platforms.ts` lists it; nothing else names a platform.
 *
 * Must stay cheap to import, because the command line imports it for every command: the SDK is loaded in `create`.
 * Methods rather than function members, so that definitions with different configurations fit one list: `config` is
 * always what the same definition's `environment` made.
 */
export interface PlatformDefinition<Config = unknown> {
  /** Stands in rows, in keys and as a column of the people file, so it never changes. Small letters. */
  readonly name: PlatformName
  /** As people know it: "Slack". */
  readonly title: string
  readonly environment: PlatformEnvironment<Config>
  readonly rateLimits: PlatformRateLimits
  /** How people begin a command: "/rag", "@Milepost". `command` is what MILEPOST_COMMAND says. */
  commandPrefix(command: string): string
  /** The way in which it is connected, for the line that is printed at the start: "socket". */
  connectionMode(config: Config): string
  exposure(config: Config): Exposure
  /** Where workspaces install Milepost by themselves; undefined where they cannot. Left out: they never can. */
  installPath?(config: Config): string | undefined
  create(config: Config, options: PlatformOptions): Promise<PlatformAdapter>
  /** What an error code of the platform means and what to do about it; undefined for one that nobody knows. */
  explain(code: string): ErrorExplanation | undefined
  /** Checks the credentials against the platform. Posts nothing; never throws. */
  diagnose(config: Config, now: () => Date): Promise<Diagnostic[]>
  /**
   * The app manifest to give to the platform; `config` is undefined until the platform is configured.
   * @throws Refusal where a setting that the manifest needs is missing.
   */
  buildManifest(config: Config | undefined, options: ManifestOptions): AppManifest
}

/**
 * Who has to reach Milepost: the platform, over the internet; nobody, because Milepost connects to it; or clients of
 * this machine, and nobody else, whatever HOST says.
 */
export type Exposure = 'internet' | 'none' | 'loopback'

/** A platform's settings, as environment variables. Make one with `defineEnvironment`. */
export interface PlatformEnvironment<Config> {
  /** Every name that is read. Each begins with the platform's name: SLACK_BOT_TOKEN. */
  readonly names: readonly string[]
  /** Whether the platform is meant to be used, however incomplete its settings are. */
  isGiven(values: EnvironmentValues): boolean
  read(values: EnvironmentValues, context: EnvironmentContext): EnvironmentReading<Config>
}

/** By name; what is empty in the environment is left out. */
export type EnvironmentValues = Readonly<Record<string, string | undefined>>

export interface EnvironmentContext {
  readonly isProduction: boolean
  /** Whether another platform is meant to be used as well. */
  readonly isBesideOthers: boolean
}

export type EnvironmentReading<Config> =
  /** One line for each setting that is wrong or missing, beginning with its name. Never a value. */
  | { readonly problems: readonly string[] }
  /** undefined: the platform is not configured. */
  | { readonly config: Config | undefined }

interface EnvironmentRules<Values, Config> {
  isGiven(values: EnvironmentValues): boolean
  /** A platform is configured whole or not at all: a missing secret must stop the start, not weaken a check. */
  findMissing(values: EnvironmentValues, context: EnvironmentContext): readonly string[]
  toConfig(values: Values): Config | undefined
}

/** `schema`: how each value is checked by itself; all are optional, and their messages repeat no value. */
export function defineEnvironment<Shape extends z.ZodRawShape, Config>(
  schema: z.ZodObject<Shape>,
  { isGiven, findMissing, toConfig }: EnvironmentRules<z.infer<z.ZodObject<Shape>>, Config>,
): PlatformEnvironment<Config> {
  return {
    names: Object.keys(schema.shape),
    isGiven,
    read(values, context) {
      const parsed = schema.safeParse(values)
      const invalid = parsed.error?.issues.map(
        ({ path, message }) => `${path.join('.')} ${message}`,
      )
      const problems = [...(invalid ?? []), ...findMissing(values, context)]
      return parsed.success && problems.length === 0
        ? { config: toConfig(parsed.data) }
        : { problems }
    },
  }
}

/** At most `messages` in any `perMs` milliseconds. */
export interface RateLimit {
  readonly messages: number
  readonly perMs: number
}

/** How fast the platform lets us post. */
export interface PlatformRateLimits {
  readonly conversation: readonly RateLimit[]
  /** Of a Slack workspace, a Teams tenant. */
  readonly workspace: readonly RateLimit[]
  /** Of edits in a workspace, beside what holds for every message. */
  readonly edits: readonly RateLimit[]
}

/** Whether an account can be written to: 'closed' also where its person has removed Milepost. */
export type AccountState = 'open' | 'closed'

export interface PlatformOptions {
  readonly handle: ChatRequestHandler
  readonly log: Log
  readonly clock: Clock
  /** The open conversation between Milepost and an account; undefined until the account has written there. */
  openChat(account: ChatIdentity): Promise<Place | undefined>
  readonly files: KeptFiles
  /** A platform says that an account was closed, or opened again: before a message to it fails. */
  noteAccount(account: ChatIdentity, state: AccountState): Promise<void>
  /** A platform says that a channel has another id from now on; said again, it changes nothing. */
  noteChannelMoved(move: ChannelMove): Promise<void>
  /** Which workspaces have Milepost beside those that the configuration names. */
  readonly installations: WorkspaceInstallations
  /** Where browsers and the platforms reach Milepost: an https:// address. */
  readonly publicUrl?: string | undefined
  /** A text with headings (#) and paragraphs as a web page. */
  readonly renderPage: (text: string) => string
  /** Reads what the platform posts, within what all platforms together may hold. */
  readonly bodies: BodyReader
  /** For what does not take the proxy of the process by itself. Left out: there is none. */
  readonly proxy?: OutboundProxy | undefined
}

/** A platform as app/ runs it. */
export interface PlatformAdapter extends ChatPlatform {
  /** What the platform calls over HTTP; none where Milepost connects to it. */
  readonly routes: readonly PlatformRoute[]
  /**
   * Takes requests from now on.
   * @throws Refusal where the platform does not accept the credentials, another error where it does not answer: then
   * it can be called again
   */
  start(): Promise<void>
  /** Resolves once every request that was taken is answered. Close the HTTP server first. */
  stop(): Promise<void>
  /**
   * The next token of a workspace; left out where tokens do not end. `refreshToken` is spent by it, whatever the answer.
   * @throws PlatformError
   */
  renewToken?: ((refreshToken: string) => Promise<ExpiringToken>) | undefined
}

/** The listener gets the whole path and an unread body. */
export interface PlatformRoute {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly listener: RequestListener
}

export interface ManifestOptions {
  /** What MILEPOST_COMMAND says, with its slash. */
  readonly command: string
  /** What can be typed, the most important first. */
  readonly usages: readonly CommandUsage[]
  /** Where the platform reaches Milepost: an https:// address. */
  readonly publicUrl: string | undefined
  /** Of Milepost: "0.2.0". */
  readonly version: string
}

export interface CommandUsage {
  /** What is typed after the prefix. */
  readonly usage: string
  readonly summary: string
}

export interface AppManifest {
  readonly manifest: object
  /** What the operator has to fill in by hand. */
  readonly warning?: string
  /** What lies beside `manifest.json` in the package that the platform takes, by name; absent where it takes the text. */
  readonly packageFiles?: Readonly<Record<string, URL>>
}

/** A platform that this installation serves, with its configuration. Make one with `configurePlatform`. */
export interface ConfiguredPlatform {
  readonly definition: PlatformDefinition
  /** Only the definition looks into it. */
  readonly config: unknown
}

export function configurePlatform<Config>(
  definition: PlatformDefinition<Config>,
  config: Config,
): ConfiguredPlatform {
  return { definition, config }
}
