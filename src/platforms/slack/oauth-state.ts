import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { InstallURLOptions, StateStore } from '@slack/bolt'
import { ClearStateStore, InvalidStateError } from '@slack/oauth'
import { z } from 'zod'

/** How long somebody may take at Slack to install Milepost. */
const stateMinutes = 10

/** What an install that was begun carries to its end: whose it will be. */
const metadataSchema = z.object({ organisationId: z.string(), nonce: z.string() })

export const metadataOf = (organisationId: string): string =>
  JSON.stringify({ organisationId, nonce: randomBytes(16).toString('base64url') })

export const organisationIdOf = (metadata: string | undefined): string =>
  metadataSchema.parse(JSON.parse(metadata ?? '')).organisationId

/**
 * The state of an install: signed, for ten minutes, and good for one end. That it comes back in the browser that began it
 * the SDK sees to, by a cookie. One that is forged, too old or used before is refused.
 */
export function createStateStore(
  clientSecret: string,
  takeOnce: (key: string) => Promise<boolean>,
): StateStore {
  const key = hkdfSync('sha256', clientSecret, '', 'state of a Slack install', 32)
  const signed = new ClearStateStore(Buffer.from(key).toString('hex'), stateMinutes * 60)
  return {
    generateStateParam: (options: InstallURLOptions, now: Date) =>
      signed.generateStateParam(options, now),
    async verifyStateParam(now: Date, state: string) {
      const options = await signed.verifyStateParam(now, state)
      const digest = createHash('sha256').update(state).digest('hex')
      if (await takeOnce(`slack:install:${digest}`)) return options
      throw new InvalidStateError('The state was used before.')
    },
  }
}
