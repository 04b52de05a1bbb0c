import { z } from 'zod'
import type { Address, Place } from '../../base/addresses.ts'

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

const viewMetadata = origin.extend({
  submit: z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()) }).optional(),
})
export type ViewMetadata = z.infer<typeof viewMetadata>

/** Throws where the text is not what we wrote. */
export function parseViewMetadata(text: string): ViewMetadata {
  return viewMetadata.parse(JSON.parse(text))
}

export function placeOf({ tenant, conversation, kind }: Origin): Place {
  return { platform: 'slack', tenant, conversation, kind }
}

export function addressOf(opened: Origin): Address | undefined {
  return opened.message === undefined
    ? undefined
    : { place: placeOf(opened), messageId: opened.message }
}
