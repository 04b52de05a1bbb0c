import { z } from 'zod'
import type { Address, Place } from '../../base/addresses.ts'

/** A view's private_metadata: where it was opened from, what its submit button does, and what draws it anew. */

const originSchema = z.object({
  tenant: z.string(),
  conversation: z.string(),
  kind: z.enum(['direct', 'channel']),
  /** The message whose button opened it; absent for an ephemeral message, which has no address. */
  message: z.string().optional(),
  /** Slack's response_url: the only way to change an ephemeral message. */
  respondAt: z.url().optional(),
})
/** Where a form was opened from. Its keys are in views that are open, so they cannot be renamed. */
export type Origin = z.infer<typeof originSchema>

const viewAction = z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()) })
const viewMetadata = originSchema.extend({
  submit: viewAction.optional(),
  /** Sent when something else is chosen in an input that says so. */
  redraw: viewAction.optional(),
})
export type ViewMetadata = z.infer<typeof viewMetadata>

/** @throws where the text was not written by Milepost. */
export function parseViewMetadata(text: string): ViewMetadata {
  return viewMetadata.parse(JSON.parse(text))
}

/** Whether a view is one of ours, by what stands in it. */
export function isViewMetadata(text: string): boolean {
  try {
    parseViewMetadata(text)
    return true
  } catch {
    return false
  }
}

export function placeOf({ tenant, conversation, kind }: Origin): Place {
  return { platform: 'slack', tenant, conversation, kind }
}

export function addressOf(origin: Origin): Address | undefined {
  return origin.message === undefined
    ? undefined
    : { place: placeOf(origin), messageId: origin.message }
}
