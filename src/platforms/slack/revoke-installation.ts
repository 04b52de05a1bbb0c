import type { Log } from '../../base/log.ts'
import type { WorkspaceInstallations } from '../../chat/workspace-installations.ts'
import * as payloads from './payloads.ts'
import { sourceOf } from './request-source.ts'

/**
 * Acts on the news that a workspace, or a Slack organisation, took Milepost or its token away: nothing is sent there any
 * more, and its messages wait. Tokens of people alone are none of ours.
 * Source: https://docs.slack.dev/reference/events/app_uninstalled, https://docs.slack.dev/reference/events/tokens_revoked
 */
export async function revokeInstallation(
  body: unknown,
  installations: Pick<WorkspaceInstallations, 'revoke'>,
  log: Log,
): Promise<void> {
  const { event, event_time } = payloads.revokedEvent.parse(body)
  if (event.type === 'tokens_revoked' && event.tokens.bot.length === 0) return
  const { teams, enterprise, isEnterpriseInstall } = sourceOf(body)
  const tenant = isEnterpriseInstall ? enterprise : teams[0]
  if (tenant === undefined) return
  log.warn({ platform: 'slack', tenant, by: event.type }, 'A workspace took Milepost away')
  await installations.revoke(
    { platform: 'slack', tenant },
    event.type,
    payloads.endOfSecond(event_time),
  )
}
