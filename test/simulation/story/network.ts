import type { SeededRandom } from '../../support/seeded-random.ts'
import type { Rates, Replica } from './replica.ts'
import type { Schedule } from './schedule.ts'
import { type FarSide, json, type WireRequest, type WireResponse } from './wire.ts'

/** Carries a request of one replica; fails as networks do. */
export type Carry = (request: WireRequest) => Promise<WireResponse>

/** After so long an adapter gives a call up, in milliseconds. The request may still arrive. */
const giveUpMs = 15_000
/** Later than this after it was sent, no request arrives (see lookupDelayMs of src/outbox/state-machine.ts). */
const latestArrivalMs = 25_000

/**
 * Connections are refused, or break before the request or after it; answers are 429, 503 or 500, or come too late; a
 * request may arrive after its sender gave it up, and after others that were sent later.
 */
export function createNetwork(parts: {
  readonly schedule: Schedule
  readonly random: SeededRandom
  readonly replica: Replica
  readonly rates: Rates
  readonly farSide: FarSide
}): Carry {
  const { schedule, random, replica, rates, farSide } = parts
  return async (request) => {
    const what = nameOf(request)
    // A process that freezes between its last look at the lease and the call posts late: no platform checks a lease.
    await replica.step(`calls ${what}`, false)
    const answer = random.happens(rates.network)
      ? await fail(request, what)
      : farSide.answer(request)
    await replica.step(`hears of ${what}`, true)
    if (answer instanceof Error) throw answer
    return answer
  }

  async function fail(request: WireRequest, what: string): Promise<WireResponse | Error> {
    const failure = random.pick(failures)
    schedule.note(`${replica.name} ${what}: ${failure}`)
    switch (failure) {
      case 'refused':
        return networkError('ECONNREFUSED')
      case 'broken before':
        return networkError('ECONNRESET')
      case 'broken after':
        farSide.answer(request)
        return networkError('ECONNRESET')
      case '429':
        return {
          ...json(429, { ok: false, error: 'ratelimited' }),
          headers: { 'content-type': 'application/json', 'retry-after': `${1 + random.below(30)}` },
        }
      case '503':
        return json(503, {})
      case '500 after':
        farSide.answer(request)
        return json(500, {})
      case 'late': {
        const arrival = schedule.timers.sleep(random.below(latestArrivalMs))
        void arrival.then(() => farSide.answer(request))
        await schedule.timers.sleep(giveUpMs)
        return Object.assign(new Error('The operation was aborted'), { name: 'TimeoutError' })
      }
    }
  }
}

const failures = [
  ...(['refused', 'broken before', 'broken after', '429', '503', '500 after', 'late'] as const),
] as const

function networkError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function nameOf({ method, url }: WireRequest): string {
  const { hostname, pathname } = new URL(url)
  const path = pathname.split('/').slice(-2).map(decodeURIComponent).join('/')
  return `${hostname.includes('slack') ? 'Slack' : 'Teams'} ${method} ${path}`
}
