import { shorten } from '../../base/text.ts'
import { dialogCommands } from './dialogs.ts'

export interface ManifestOptions {
  /** The app id of the bot's registration, a UUID. It serves as the id of the Teams app, too. */
  readonly appId: string
  /** Of the app: three numbers with dots. Teams offers an update where it is higher than what is installed. */
  readonly version: string
  /** What can be typed, the most important first; the manifest lists the first twelve. */
  readonly commands: readonly ManifestCommand[]
  /** Where Milepost is reached from the internet, without https://. */
  readonly publicHost?: string | undefined
}

export interface ManifestCommand {
  readonly title: string
  readonly description: string
}

/** Limits of the manifest's schema, version 1.26: the newest that Teams documents as generally available. */
const VERSION = '1.26'
const MAX_COMMANDS = 12
const MAX_TITLE = 128
const MAX_DESCRIPTION = 4000

const colorIcon = 'color.png'
const outlineIcon = 'outline.png'

/**
 * The icons by their names in the package, drawn from the SVG beside each: 192×192, and 32×32 in white on transparent.
 * Source: https://learn.microsoft.com/microsoftteams/platform/concepts/design/design-teams-app-icon-store-appbar
 */
export const teamsIcons: Readonly<Record<string, URL>> = Object.fromEntries(
  [colorIcon, outlineIcon].map((name) => [name, new URL(`icons/${name}`, import.meta.url)]),
)

/** The manifest of the Teams app. It is uploaded in the Teams admin centre, zipped with `teamsIcons`. */
export function teamsManifest({ appId, version, commands, publicHost }: ManifestOptions): object {
  const site = `https://${publicHost ?? 'example.org'}`
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: VERSION,
    version,
    id: appId,
    developer: {
      name: 'Milepost',
      websiteUrl: site,
      privacyUrl: `${site}/privacy`,
      termsOfUseUrl: `${site}/terms`,
    },
    name: { short: 'Milepost', full: 'Milepost, the plan of your improvement programme' },
    description: {
      short: 'Keeps your programme’s plan: updates, reminders and the weekly RAG digest.',
      full:
        'Milepost keeps an improvement programme’s plan (workstreams, owners, milestones) where people talk. ' +
        'It takes status updates, reminds people before deadlines and posts the weekly RAG digest.',
    },
    icons: { color: colorIcon, outline: outlineIcon },
    accentColor: '#1D4E89',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team'],
        isNotificationOnly: false,
        supportsFiles: true,
        commandLists: [{ scopes: ['personal', 'team'], commands: fitCommands(commands) }],
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: dialogCommands.map(({ id, title, description, context }) => ({
          ...{ id, title, description, type: 'action', context: [context], fetchTask: true },
        })),
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: publicHost ? [publicHost] : [],
  }
}

/** As many as the manifest may list, without those that are too long; the help lists them all. */
function fitCommands(commands: readonly ManifestCommand[]): ManifestCommand[] {
  return commands
    .filter(({ title }) => title.length <= MAX_TITLE)
    .slice(0, MAX_COMMANDS)
    .map(({ title, description }) => ({
      title,
      description: shorten(description, MAX_DESCRIPTION),
    }))
}
