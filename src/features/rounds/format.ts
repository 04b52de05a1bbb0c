import { fullDate, fullMoment } from '../../base/dates.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { UpdateRound } from '../../domain/rounds/rules.ts'
import { boardsSetting, roundSetting } from '../../domain/rounds/settings.ts'

type RoundProgramme = Pick<Programme, 'settings' | 'zone'>

/** "the digest of Mon 27 Feb 2017", "Cabinet on Thu 16 Mar 2017", "the board on Thu 16 Mar 2017". */
export function formatServed(
  { round }: Pick<UpdateRound, 'round'>,
  { settings }: RoundProgramme,
): string {
  if (roundSetting.of(settings).serves === 'digest') return `the digest of ${fullDate(round)}`
  const name = boardsSetting.of(settings).find(({ on }) => on === round)?.name ?? 'the board'
  return `${name} on ${fullDate(round)}`
}

/** When a round opens, nudges and closes, in the tense that is right at `now`. */
export function formatTimes(round: UpdateRound, { zone }: RoundProgramme, now: Date): string[] {
  const at = (moment: Date) => fullMoment(moment, zone)
  const { opens, nudges, closes, nudgedAt } = round
  if (now > closes) return [`Closed on ${at(closes)}.`]
  const times = opens <= now ? `Open since ${at(opens)}; closes` : `Opens ${at(opens)}; closes`
  const planned =
    nudges <= now
      ? `Whoever had not answered was nudged on ${at(nudges)}.`
      : `Whoever has not answered is nudged on ${at(nudges)}.`
  const isPlanned = nudges < closes && (nudgedAt === null || nudgedAt >= nudges)
  return [`${times} ${at(closes)}.`, ...(isPlanned ? [planned] : [])]
}

/** The nudge by hand. Only the programme office sees it: a lead knows whether they were nudged. */
export function formatManualNudge({ nudgedAt }: UpdateRound, { zone }: RoundProgramme): string[] {
  return nudgedAt ? [`You had everybody nudged on ${fullMoment(nudgedAt, zone)}.`] : []
}
