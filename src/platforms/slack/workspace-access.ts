import type { Log } from '../../base/log.ts'
import type { WorkspaceInstallations } from '../../chat/workspace-installations.ts'
import * as payloads from './payloads.ts'
import { sourceOf } from './request-source.ts'

/**
 * Acts on the news of a Slack organisation that installed Milepost: which of its workspaces Milepost may serve from now
 * on, and which no more. Messages to the latter wait until it may again.
 * Source: https://docs.slack.dev/reference/events/team_access_granted,
 * https://docs.slack.dev/reference/events/team_access_revoked
 */
export async function noteWorkspaceAccess(
  body: unknown,
  installations: Pick<WorkspaceInstallations, 'noteServedVia' | 'endServedVia'>,
  log: Log,
): Promise<void> {
  const { event, event_time } = payloads.accessEvent.parse(body)
  const { enterprise } = sourceOf(body)
  if (enterprise === undefined) return
  const fields = { platform: 'slack', enterprise, tenants: event.team_ids }
  log.info({ ...fields, by: event.type }, 'A Slack organisation said which workspaces are served')
  for (const tenant of event.team_ids) {
    const workspace = { platform: 'slack', tenant }
    if (event.type === 'team_access_granted') {
      await installations.noteServedVia(workspace, enterprise)
    } else {
      const at = payloads.endOfSecond(event_time)
      await installations.endServedVia(workspace, { viaTenant: enterprise, by: event.type, at })
    }
  }
}
