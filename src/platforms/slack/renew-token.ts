import { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import type { ExpiringToken } from '../../chat/workspace-installations.ts'
import type { SlackOAuth } from './config.ts'
import { callSlack } from './errors.ts'

const answerSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  /** In seconds. */
  expires_in: z.number().positive(),
})

/**
 * Exchanges a refresh token for the next token of a workspace; the present one goes on until it ends.
 * Source: https://docs.slack.dev/authentication/using-token-rotation
 */
export function createTokenRenewal(
  { clientId, clientSecret }: SlackOAuth,
  clientOptions: webApi.WebClientOptions,
  clock: Clock,
): (refreshToken: string) => Promise<ExpiringToken> {
  const client = new webApi.WebClient(undefined, clientOptions)
  return async (refreshToken) => {
    const secrets = { client_id: clientId, client_secret: clientSecret }
    const answer = await callSlack(() =>
      client.oauth.v2.access({
        ...secrets,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      }),
    )
    const { access_token, refresh_token, expires_in } = answerSchema.parse(answer)
    const expiresAt = new Date(clock.now().getTime() + expires_in * 1000)
    return { token: access_token, refreshToken: refresh_token, expiresAt }
  }
}
