import { Refusal } from '../../base/errors.ts'
import { urlBelow } from '../../base/public-url.ts'
import { redirectPath } from './install-paths.ts'
import { shortcuts } from './shortcuts.ts'

/**
 * The app manifest to paste at https://api.slack.com/apps.
 * Source: https://docs.slack.dev/reference/app-manifest
 */

export interface ManifestOptions {
  /** With its slash: "/rag". At most 32 characters. */
  readonly command: string
  /** What can be typed after the command, the most important first: as many as fit become the usage hint. */
  readonly usages: readonly string[]
  /** Where Slack reaches Milepost; not needed in Socket Mode. */
  readonly publicUrl?: string | undefined
  readonly socketMode: boolean
  /** Whether workspaces install it by themselves. Left out: they do not. */
  readonly isInstalledByOthers?: boolean
}

/** The bot scopes that Milepost asks for, each with its purpose. */
export const scopes = [
  'commands', // the slash command
  'chat:write', // answers, reminders, digests
  'app_mentions:read', // questions in a channel
  'im:history', // direct messages to Milepost, and finding what it posted there
  'im:write', // opening a direct message
  'channels:history', // finding what it posted, after a crash
  'groups:history', // the same in private channels
  'users:read', // names and time zones
  'files:write', // the picture of a digest, the plan as a sheet
  'files:read', // a sheet that somebody sends in a direct message
  'channels:read', // who can read a channel, before a digest goes there
  'groups:read', // the same of private channels
]

/** Without it names are matched by themselves. Emails are compared with the plan's owners, and not stored. */
const emailScope = 'users:read.email'

/** What a workspace is asked for that installs Milepost by itself. */
export const installScopes: readonly string[] = [...scopes, emailScope]

const maxCommandLength = 32
const maxHintLength = 1000

/** @throws Refusal if the command is too long for Slack, or PUBLIC_URL is missing in HTTP mode. */
export function slackManifest(options: ManifestOptions): object {
  const { command, usages, publicUrl, socketMode, isInstalledByOthers = false } = options
  if (command.length > maxCommandLength) {
    throw new Refusal(
      `Slack takes a command of ${maxCommandLength} characters; ${command} is longer.`,
    )
  }
  const url = socketMode ? undefined : requestUrlFor(publicUrl, '/slack/events')
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: 'Milepost',
      description:
        "Keeps an improvement programme's plan: reminders, status updates, the RAG digest.",
      background_color: '#1d3c5a',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      shortcuts: shortcuts.map(({ callbackId, name, type, description }) => ({
        ...{ name, type, callback_id: callbackId, description },
      })),
      bot_user: { display_name: 'milepost', always_online: true },
      slash_commands: [
        {
          command,
          description: 'Update a project, see what is due, set up the digest',
          usage_hint: hintOf(usages),
          // Whom a line mentions arrives with their id; message-text.ts makes names of them again.
          should_escape: true,
          ...(url && { url }),
        },
      ],
    },
    oauth_config: {
      scopes: { bot: installScopes },
      ...(isInstalledByOthers && {
        redirect_urls: [requestUrlFor(publicUrl, redirectPath)],
      }),
    },
    settings: {
      event_subscriptions: {
        bot_events: [
          ...['app_mention', 'app_home_opened', 'message.im'],
          ...['app_uninstalled', 'tokens_revoked', 'user_change', 'channel_id_changed'],
          ...(isInstalledByOthers ? ['team_access_granted', 'team_access_revoked'] : []),
        ],
        ...(url && { request_url: url }),
      },
      interactivity: { is_enabled: true, ...(url && { request_url: url }) },
      org_deploy_enabled: isInstalledByOthers,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  }
}

function requestUrlFor(publicUrl: string | undefined, path: string): string {
  if (publicUrl !== undefined) return urlBelow(publicUrl, path)
  throw new Refusal(
    'By HTTP, Slack has to know where it reaches Milepost. Set PUBLIC_URL to that https:// address, ' +
      'or use Socket Mode: an app-level token in SLACK_APP_TOKEN.',
  )
}

/** Joins as many whole usages as fit Slack's limit. */
function hintOf(usages: readonly string[]): string {
  let hint = ''
  for (const usage of usages) {
    const longer = hint === '' ? usage : `${hint} · ${usage}`
    if (longer.length > maxHintLength) break
    hint = longer
  }
  return hint
}
