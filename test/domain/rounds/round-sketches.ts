import { civilDate, fullMoment, momentAt } from '../../../src/base/dates.ts'
import {
  type RoundChange,
  type RoundInputs,
  roundsBetween,
} from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { settingsWith } from '../../support/settings.ts'

/** A wall time as a moment: '2017-02-23 12:00'. */
export const london = (text: string, zone = 'Europe/London') => {
  const [day = '', time = ''] = text.split(' ')
  return momentAt(civilDate(day), time, zone)
}

export function known(settings: unknown = {}, changes: readonly RoundChange[] = [], zone?: string) {
  const where = zone ?? 'Europe/London'
  const programme = { settings: settingsWith(settings), zone: where }
  return { programme, schedule: defaultSchedule(where), changes } satisfies RoundInputs
}

export function roundOn(day: string, from: RoundInputs = known()) {
  const [round] = roundsBetween(from, civilDate(day), civilDate(day))
  if (!round) throw new Error(`no round serves ${day}`)
  return round
}

export function timesOf(day: string, from: RoundInputs = known()) {
  const { opens, nudges, closes, issuedAt } = roundOn(day, from)
  return [opens, nudges, closes, issuedAt].map((at) => fullMoment(at, from.programme.zone))
}

export const change = (
  round: string,
  kind: RoundChange['kind'],
  at: string,
  until?: string,
): RoundChange => ({
  round: civilDate(round),
  kind,
  until: until ? london(until) : null,
  byId: null,
  at: london(at),
})
