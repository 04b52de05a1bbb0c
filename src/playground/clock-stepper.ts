import {
  addDays,
  civilDate,
  dateIn,
  fullMoment,
  isTime,
  momentAt,
  weekdayOf,
} from '../base/dates.ts'
import { Refusal } from '../base/errors.ts'
import type { MovableClock } from './movable-clock.ts'

/** The zone of the sample programmes, and so of the playground's clock. */
export const ZONE = 'Europe/London'
const HOUR_MS = 60 * 60_000
/** More than anybody needs to look ahead, and a minute or two of steps. */
const MAX_DAYS = 92

/** Where a person moves the clock: one of the buttons, or a local date and time ('2026-03-02T09:00'). */
export type Destination = 'next monday' | 'tomorrow' | 'an hour on' | { local: string }

/** The moment of a destination. @throws Refusal where it does not exist, is past or is too far ahead */
export function resolveDestination(destination: Destination, now: Date): Date {
  const moment = destinationMoment(destination, now)
  if (moment <= now) {
    throw new Refusal(
      `It is already ${fullMoment(now, ZONE)}. The clock of the playground goes forward only; start it anew to begin again.`,
    )
  }
  if (moment.getTime() - now.getTime() > MAX_DAYS * 24 * HOUR_MS) {
    throw new Refusal(`That is more than ${MAX_DAYS} days ahead. Please go there in shorter moves.`)
  }
  return moment
}

function destinationMoment(destination: Destination, now: Date): Date {
  const today = dateIn(ZONE, now)
  if (destination === 'an hour on') return new Date(now.getTime() + HOUR_MS)
  if (destination === 'tomorrow') return momentAt(addDays(today, 1), '09:00', ZONE)
  if (destination === 'next monday') {
    let day = addDays(today, 1)
    while (weekdayOf(day) !== 'monday') day = addDays(day, 1)
    return momentAt(day, '09:00', ZONE)
  }
  const [date = '', time = ''] = destination.local.split('T')
  try {
    if (isTime(time)) return momentAt(civilDate(date), time, ZONE)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw new Refusal('Please choose a date and a time to move the clock to.')
}

/**
 * Every full hour on the way, then the moment itself: what is due at 09:00 is sent at 09:00, and nothing of the
 * days between is skipped.
 */
export function stepsBetween(from: Date, to: Date): Date[] {
  const steps: Date[] = []
  const firstHour = Math.floor(from.getTime() / HOUR_MS) * HOUR_MS + HOUR_MS
  for (let hour = firstHour; hour < to.getTime(); hour += HOUR_MS) steps.push(new Date(hour))
  return [...steps, to]
}

/** A move that is not finished. */
export interface MoveProgress {
  to: Date
  done: number
  steps: number
}

/** Moves the clock, one move at a time. `onProgress` is called at its start, after each step and at its end. */
export function createClockStepper(clock: MovableClock, onProgress: () => void) {
  let progress: MoveProgress | null = null

  /**
   * Moves step by step and waits for `atStep` at each. Where that fails the clock stays at the step.
   * @throws Refusal while another move is running
   */
  async function move(
    destination: Destination,
    atStep: (step: Date) => Promise<void>,
  ): Promise<void> {
    if (progress) {
      throw new Refusal(`The clock is already on its way to ${fullMoment(progress.to, ZONE)}.`)
    }
    const to = resolveDestination(destination, clock.now())
    const steps = stepsBetween(clock.now(), to)
    progress = { to, done: 0, steps: steps.length }
    onProgress()
    try {
      for (const step of steps) {
        // The clock runs on between steps, and may have passed a short one by itself.
        if (step > clock.now()) clock.moveTo(step)
        await atStep(step)
        progress.done += 1
        onProgress()
      }
    } finally {
      progress = null
      onProgress()
    }
  }

  return { move, progress: () => progress }
}

export type ClockStepper = ReturnType<typeof createClockStepper>
