import { signatureHeaders } from '../../src/playground/slack/signing.ts'

/** A lead of the sample programme says that a project is Green. */
export const lead = { team: 'T0MILEPOST', user: 'U0MEI', command: '/rag', text: '1.1 green' }
/** Part of the answer once it is stored. */
export const stored = '1.1 Keeping experienced social workers is ● Green'

/** The command as Slack would send it: with a trigger of its own, signed at `seconds`. */
export function slackRequest(signingSecret: string, trigger: string, seconds: number) {
  const body = new URLSearchParams({
    team_id: lead.team,
    team_domain: 'brightwater',
    channel_id: 'C0BOARD',
    channel_name: 'leadership-board',
    user_id: lead.user,
    user_name: 'mei',
    command: lead.command,
    text: lead.text,
    api_app_id: 'A0MILEPOST',
    trigger_id: trigger,
    // Only an answer that is late goes there; it then fails the run.
    response_url: 'http://127.0.0.1:9/',
  }).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...signatureHeaders(signingSecret, seconds, body),
  }
  return { body, headers }
}
