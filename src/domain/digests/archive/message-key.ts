import { type CivilDate, civilDate } from '../../../base/dates.ts'
import { isId } from '../../../base/ids.ts'

/** The idempotency keys under which a digest's messages are in the outbox. */

/** Of a digest's first message. */
export function digestKey(programmeId: string, round: CivilDate, subscriptionId: string): string {
  return `digest:${programmeId}:${round}:${subscriptionId}`
}

/** Of a message in its thread; they count from 1. */
export function digestPartKey(firstMessageKey: string, part: number): string {
  return `${firstMessageKey}:part:${part}`
}

const digestKeyPattern =
  /^digest:[^:]+:(?<round>\d{4}-\d{2}-\d{2}):(?<subscriptionId>[^:]+)(?<part>:part:\d+)?$/

/** The subscription for which a message was posted, by the message's key; undefined where it is not of a digest. */
export function subscriptionIdOf(key: string): string | undefined {
  const { subscriptionId } = digestKeyPattern.exec(key)?.groups ?? {}
  return subscriptionId && isId(subscriptionId) ? subscriptionId : undefined
}

/** The round of a digest, by the key of its first message; undefined for any other key. */
export function roundOf(key: string): CivilDate | undefined {
  const { round, part } = digestKeyPattern.exec(key)?.groups ?? {}
  return round && !part ? civilDate(round) : undefined
}
