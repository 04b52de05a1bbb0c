import { z } from 'zod'
import type { Address, Place } from '../../chat/request.ts'

/** What a view carries in its private_metadata: where it was opened, and what its submit button does. */

const origin = z.object({
  tenant: z.string(),
  conversation: z.string(),
  kind: z.enum(['direct', 'channel']),
  /** The message whose button opened it; absent for an ephemeral one, which has no address. */
  message: z.string().optional(),
  /** Slack's response_url: the only way to change an ephemeral message. */
  respondAt: z.url().optional(),
})
/** Where a form was opened from. */
export type Origin = z.infer<typeof origin>

const metadata = origin.extend({
  submit: z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()) }).optional(),
})
export type Metadata = z.infer<typeof metadata>

/** Throws where the text is not what we wrote. */
export function readMetadata(text: string): Metadata {
  return metadata.parse(JSON.parse(text))
}

export function placeOf({ tenant, conversation, kind }: Origin): Place {
  return { platform: 'slack', tenant, conversation, kind }
}

export function addressOf(opened: Origin): Address | undefined {
  return opened.message === undefined
    ? undefined
    : { place: placeOf(opened), message: opened.message }
}
