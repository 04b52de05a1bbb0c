import { fullMoment } from '../base/dates.ts'
import { plural } from '../base/text.ts'
import type { DeliveryState } from './row-mapping.ts'

/** As much of a row of the ledger as its explanation needs. */
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
 * What a delivery is about to do, or why it was not sent and what to do. `platform`: its title. Moments as they are in
 * `zone`.
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
      return `It may stand in ${platform} or not${because}. It is not sent again by itself, so that nobody reads it twice. Look there; if it is missing, have it sent again.`
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

/** In UTC it says so: whoever reads the terminal may be anywhere. */
export function formatMoment(zone: string, moment: Date | null): string {
  if (!moment) return 'an unknown moment'
  return zone === 'UTC' ? `${fullMoment(moment, zone)} UTC` : fullMoment(moment, zone)
}
