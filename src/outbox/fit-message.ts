import type { Clock } from '../base/clock.ts'
import { dateIn } from '../base/dates.ts'
import type { ButtonFitter } from '../chat/fit-buttons.ts'
import type { Database } from '../infra/db.ts'
import type { Revalidator } from './revalidate.ts'

export interface MessageFitting {
  readonly db: Database
  readonly clock: Clock
  readonly fitButtons: ButtonFitter
}

/**
 * A message to one person is sent with the buttons that they may press, and stored like that: its later edits are made
 * of it. One in a channel has readers of many roles and keeps all of its buttons.
 */
export function withFittedButtons(
  { db, clock, fitButtons }: MessageFitting,
  revalidate: Revalidator,
): Revalidator {
  return async (message) => {
    const result = await revalidate(message)
    const { personId } = message
    if (!personId || (result !== 'unchanged' && !('card' in result))) return result
    const card = result === 'unchanged' ? message.card : result.card
    // Whose zone it is changes the day of a deputy by hours, and the press is decided anew.
    const today = dateIn('UTC', clock.now())
    const fitted = await fitButtons(db, { personId, today }, card)
    return fitted === card ? result : { card: fitted }
  }
}
