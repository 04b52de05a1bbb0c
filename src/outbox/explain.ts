import { fullMoment } from '../base/dates.ts'
import { plural } from '../base/text.ts'
import type { DeliveryState } from './row-mapping.ts'

/** As much of a message as its status text needs. */
export interface DeliveryStatus {
  readonly state: DeliveryState
  readonly attempts: number
  readonly notBefore: Date
  readonly leaseExpiresAt: Date | null
  readonly possiblySentAt: Date | null
  readonly sentAt: Date | null
  readonly error: string | null
}

/**
 * What becomes of a message, or why it was not sent and what to do, for people. `platform`: its title; `zone`: IANA zone
 * of the moments.
 */
export function deliveryStatusText(row: DeliveryStatus, platform: string, zone = 'UTC'): string {
  const when = (moment: Date | null) => formatMoment(zone, moment)
  const because = row.error ? `: ${row.error}` : ''
  switch (row.state) {
    case 'waiting':
      return waitingText(row, because, when)
    case 'sending':
      return `Being sent to ${platform}. If that process has ended, another takes it over from ${when(row.leaseExpiresAt)}.`
    case 'sent':
      return `Sent to ${platform} on ${when(row.sentAt)}.`
    case 'uncertain':
      return `Possibly sent to ${platform}${because}. It is not sent again by itself, so that nobody reads it twice. Look there; if it is missing, have it sent again.`
    case 'dropped':
      return `Not sent, and not to be sent${because}.`
    case 'dead':
      return `Not sent, and not tried again${because}. Mend the cause, then have it sent again.`
  }
}

function waitingText(row: DeliveryStatus, because: string, when: (moment: Date) => string): string {
  if (row.attempts === 0 && !row.possiblySentAt) {
    return `Waiting${because}. Due from ${when(row.notBefore)}, after what its conversation was to be told before.`
  }
  const look = row.possiblySentAt
    ? ' It may stand there already, so it is looked for before it is sent again.'
    : ''
  const tried = row.attempts > 0 ? ` after ${plural(row.attempts, 'attempt')}` : ''
  return `Tried again from ${when(row.notBefore)}${tried}${because}.${look} Nothing to do, unless this goes on.`
}

/** In UTC the text says so, because the reader of a terminal may be anywhere. */
export function formatMoment(zone: string, moment: Date | null): string {
  if (!moment) return 'an unknown moment'
  return zone === 'UTC' ? `${fullMoment(moment, zone)} UTC` : fullMoment(moment, zone)
}
