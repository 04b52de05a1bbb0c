/**
 * The app manifest to paste at https://api.slack.com/apps.
 * Source: https://docs.slack.dev/reference/app-manifest
 */

export interface ManifestParts {
  /** With its slash: "/rag". At most 32 characters. */
  readonly command: string
  /** At most 1,000 characters. */
  readonly usageHint: string
  /** Where Slack reaches Milepost; not needed by Socket Mode. */
  readonly publicUrl?: string | undefined
  readonly socketMode: boolean
}

/** What each scope is for; Milepost asks for no more. */
const scopes = [
  'commands', // the slash command
  'chat:write', // answers, reminders, digests
  'app_mentions:read', // questions in a channel
  'im:history', // direct messages to Milepost, and finding what it posted there
  'im:write', // opening a direct message
  'channels:history', // finding what it posted, after a crash
  'groups:history', // the same in private channels
  'users:read', // names and time zones
]

/** Throws RangeError where Slack would refuse it. */
export function slackManifest({
  command,
  usageHint,
  publicUrl,
  socketMode,
}: ManifestParts): object {
  if (command.length > 32 || usageHint.length > 1000) {
    throw new RangeError('Slack takes 32 characters of command and 1,000 of usage hint.')
  }
  if (!socketMode && publicUrl === undefined) {
    throw new RangeError('Without Socket Mode, Slack needs the public address of Milepost.')
  }
  const url = socketMode ? undefined : new URL('/slack/events', publicUrl).href
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
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'milepost', always_online: true },
      slash_commands: [
        {
          command,
          description: 'Update a project, see what is due, set up the digest',
          usage_hint: usageHint,
          // A reason is kept as it was typed, with @names and #channels as people read them.
          should_escape: false,
          ...(url && { url }),
        },
      ],
    },
    oauth_config: { scopes: { bot: scopes } },
    settings: {
      event_subscriptions: {
        bot_events: ['app_mention', 'message.im'],
        ...(url && { request_url: url }),
      },
      interactivity: { is_enabled: true, ...(url && { request_url: url }) },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  }
}
