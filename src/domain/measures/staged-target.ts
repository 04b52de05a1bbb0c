import { addDays, type CivilDate, civil, daysBetween } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import type { Measure } from './measure.ts'
import { parsePeriod } from './periods.ts'
import { parseTarget, targetDayOf } from './value-parser.ts'

/**
 * A target with its day, or in stages: "80% by March 2027", "June 80%, December 90%", "80% by Jun 26; 90% by Dec 26". It is kept as written, as every target
 * is, and its days are worked out when they are needed; the day of the target is that of the last stage, which tells the
 * years that are not written.
 */

export interface TargetStage {
  /** The figure as written: "80 %". */
  readonly raw: string
  /** The day by which it is aimed at. */
  readonly on: CivilDate
}

interface WrittenStage {
  readonly raw: string
  readonly day: string
}

/** In characters. A longer text tells more than figures and days. */
const maxTargetLength = 300
/** Three years by quarters. */
const maxStages = 12
const joint =
  /\s*[;\n•|]\s*|,\s+(?:and\s+|then\s+)*|\s+(?:and|then|rising to|falling to)\s+|(?<=\))\s+/i
const figure =
  '(?:(?:at (?:least|most)|over|above|under|below|up to|(?:not? )?(?:less|more|fewer|greater) than|(?:increase|rise|improve|decrease|reduce|fall) to|[<>≤≥]=?)\\s*)?[£$€]?\\d(?:[\\d,]*\\d)?(?:\\.\\d+)?(?:\\s?(?:%|per\\s?cent|(?!(?:by|in|at|for|from)\\b)[a-z]+))?'
/** "80% by June 2026", "80% (June 2026)", "£4m: 2026/27". */
const figureFirst = new RegExp(
  `^(?<raw>${figure})(?<joiner>,?\\s+(?:by|in|at|for|from)(?:\\s+the)?\\s+|\\s*[(:–—-]\\s*|\\s+)(?<day>[^()]+?)\\)?$`,
  'i',
)
/** "June 80%", "by June 2026: 80%". */
const dayFirst = new RegExp(
  `^(?:by|in|for|from)?\\s*(?<day>[^()]*?[^()\\s:=–—-])(?<joiner>\\s*[:=–—]\\s*|\\s+-\\s+|\\s+)(?<raw>${figure})$`,
  'i',
)

/** Its stages as written; undefined for a text that is anything else, or that could be read otherwise. */
function writtenStages(target: string): readonly WrittenStage[] | undefined {
  if (target.length > maxTargetLength) return undefined
  const whole = writtenStage(target)
  const pieces = whole ? [target] : target.split(joint).filter((piece) => piece.trim() !== '')
  // "65% (August 2018)" is read where all targets are.
  if (pieces.length < 2 && targetDayOf(target)) return undefined
  if (pieces.length > maxStages) return undefined
  const stages = pieces.map(writtenStage)
  const known = stages.filter((stage) => stage !== undefined)
  const units = new Set(known.map(({ raw }) => unitOf(raw)))
  return known.length > 0 && known.length === pieces.length && units.size === 1 ? known : undefined
}

function writtenStage(piece: string): WrittenStage | undefined {
  for (const form of [figureFirst, dayFirst]) {
    const { raw = '', joiner = '', day = '' } = form.exec(piece.trim())?.groups ?? {}
    // "30 June 40" may be 40 on 30 June, or 30 in June 2040: a sign or a word has to part a bare figure from its day.
    const isParted = joiner.trim() !== '' || /[^\d\s.,]/.test(raw)
    if (!isParted || parseTarget(raw).kind !== 'figure') continue
    if (candidateDays(day, anyDay).length > 0) return { raw: raw.trim(), day }
  }
  return undefined
}

/** Of a figure: only figures of one kind are stages of one target. */
function unitOf(raw: string): string {
  const read = parseTarget(raw)
  return read.kind === 'figure' ? read.unit : ''
}

const anyDay = civil(2020, 6, 30)

/** The last days that a wording can mean in the years around one; one alone where it names its year. */
function candidateDays(day: string, near: CivilDate): readonly CivilDate[] {
  const [year] = /20\d\d/.exec(day) ?? []
  const around = year === undefined ? near : civil(Number(year), 1, 1)
  const words = fold(day).replace(/^(?:the )?end (?:of )?/, '')
  const found = [-366, 0, 366, 731].flatMap(
    (days) => parsePeriod(words, addDays(around, days))?.last ?? [],
  )
  return [...new Set(found)].toSorted()
}

/** `last`: the day of the last stage, where it is known. Undefined where the text has no stages, or they no certain days. */
function datedStages(
  written: readonly WrittenStage[],
  last: CivilDate | null,
): readonly TargetStage[] | undefined {
  const near = last ?? nearYear(written) ?? anyDay
  const candidates = written.map(({ day }) => candidateDays(day, near))
  const certain = candidates.map((days) => (days.length === 1 ? days[0] : undefined))
  const earlier = certain.findLast((day) => day !== undefined)
  const stages: TargetStage[] = []
  for (let at = written.length - 1; at >= 0; at -= 1) {
    const next = stages[0]?.on
    const days = candidates[at] ?? []
    const on =
      certain[at] ??
      (next
        ? days.findLast((day) => day < next)
        : (days.find((day) => day === last) ??
          (earlier ? days.find((day) => day > earlier) : undefined)))
    const { raw } = written[at] ?? {}
    if (!on || raw === undefined || (next && on >= next)) return undefined
    stages.unshift({ raw, on })
  }
  return stages
}

/** "Jun 26" alone tells which years are meant. */
function nearYear(written: readonly WrittenStage[]): CivilDate | undefined {
  const [figures] = written.flatMap(({ day }) => /(?:20)?(\d\d)\s*$/.exec(day)?.[1] ?? [])
  return figures === undefined ? undefined : civil(2000 + Number(figures), 6, 30)
}

export type StagedAim = Pick<Measure, 'target' | 'targetOn'>

/** The stages of a target, the first first; none for a target that is one figure, a direction or anything else. */
export function stagesOf({ target, targetOn }: StagedAim): readonly TargetStage[] {
  const written = target === null ? undefined : writtenStages(target)
  return (written && datedStages(written, targetOn)) ?? []
}

/** True where only the years are missing, so that its stages have no days. */
export function lacksYears({ target, targetOn }: StagedAim): boolean {
  const written = target === null ? undefined : writtenStages(target)
  return written !== undefined && datedStages(written, targetOn) === undefined
}

/** True for several figures that are no stages: "Year 1: 80%, Year 2: 90%". */
export function hasUnreadStages({ target, targetOn }: StagedAim): boolean {
  if (target === null || stagesOf({ target, targetOn }).length > 0) return false
  const pieces = target
    .slice(0, maxTargetLength)
    .split(joint)
    .filter((piece) => /\d/.test(piece))
  return pieces.length > 1 || (target.match(/%/g) ?? []).length > 1
}

/**
 * The day of the last stage of a target that is written down on `today`: without any year, the nearest such day (rule 7
 * of the domain). Undefined where the text has no stages.
 */
export function lastStageDay(target: string, today: CivilDate): CivilDate | undefined {
  const written = writtenStages(target)
  if (!written) return undefined
  const known = datedStages(written, null)?.at(-1)?.on
  const distance = (day: CivilDate) => Math.abs(daysBetween(today, day))
  const [nearest] = candidateDays(written.at(-1)?.day ?? '', today).toSorted(
    (one, other) => distance(one) - distance(other),
  )
  const last = known ?? nearest
  return last && datedStages(written, last) ? last : undefined
}

/**
 * The stage in force on a day: the first whose day has not passed, as a target of one day counts until that day; after
 * the last, the last. `day` null: before all. Undefined for a target without stages.
 */
export function stageOn(aim: StagedAim, day: CivilDate | null): TargetStage | undefined {
  const stages = stagesOf(aim)
  return day === null ? stages[0] : (stages.find(({ on }) => on >= day) ?? stages.at(-1))
}

/** What a figure of a day is compared with: of a target in stages, the one in force on that day. */
export function aimOn<Aim extends StagedAim>(aim: Aim, day: CivilDate | null): Aim {
  const stage = stageOn(aim, day)
  return stage ? { ...aim, target: stage.raw, targetOn: stage.on } : aim
}
