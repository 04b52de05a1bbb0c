import type { Measure, Reading } from '../../measures/measure.ts'
import { thresholdsSetting } from '../../measures/settings.ts'
import type { DigestContent } from '../content/content.ts'
import type { FactSources } from './sources.ts'

/** A measure on the digest's day. What cannot be worked out in plain numbers is undefined, and is not judged. */
export interface MeasureFact {
  readonly measure: Measure
  readonly reading: Reading | undefined
  /** Key of a RAG state. */
  readonly state: string | undefined
  readonly direction: 'better' | 'same' | 'worse' | undefined
  readonly before: DigestContent['snapshot']['measures'][number] | undefined
}

export function measureFacts({ plan, measures, previous }: FactSources): MeasureFact[] {
  const thresholds = thresholdsSetting.of(plan.programme.settings)
  return measures.map((measure) => {
    const periods = new Map<string, Reading>()
    for (const reading of measure.allReadings) {
      if (!periods.has(reading.forDay)) periods.set(reading.forDay, reading)
    }
    const newestFirst = [...periods].toSorted(([one], [other]) => (one < other ? 1 : -1))
    const [reading, earlier] = newestFirst.map(([, one]) => one)
    const [now, then, target] = [reading?.raw, earlier?.raw, measure.target].map(figureOf)
    const gap = target && now && shortfall(measure, target, now)
    const gapBefore = target && then && shortfall(measure, target, then)
    const isMoved = gap !== undefined && gapBefore !== undefined
    return {
      ...{ measure, reading },
      state: gap === undefined ? undefined : colourOf(gap, thresholds),
      direction: isMoved ? directionFrom(gapBefore, gap) : undefined,
      before: previous?.snapshot.measures.find(({ id }) => id === measure.id),
    }
  })
}

interface Figure {
  readonly number: number
  readonly unit: string
}

/** "70", "70%". Of "14/month" or "41% (to be confirmed)" others say what it is worth. */
function figureOf(text: string | null | undefined): Figure | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text ?? '') ?? []
  return number === undefined ? undefined : { number: Number(number), unit }
}

/** By how far a figure falls short of the target, in per cent of that; undefined where they cannot be compared. */
function shortfall({ polarity }: Measure, target: Figure, { number, unit }: Figure) {
  if (target.unit !== unit || target.number === 0 || polarity === null) return undefined
  const ways = { increase: target.number - number, decrease: number - target.number }
  const gap = polarity === 'maintain' ? Math.abs(target.number - number) : ways[polarity]
  return (100 * gap) / target.number
}

/** Of binary fractions, in per cent. */
const tolerance = 1e-6

function directionFrom(before: number, now: number): 'better' | 'same' | 'worse' {
  if (Math.abs(before - now) < tolerance) return 'same'
  return now < before ? 'better' : 'worse'
}

/** On the very edge of a colour rounding would decide: it is not judged. */
function colourOf(
  gap: number,
  { green, amber }: { readonly green: number; readonly amber: number },
): string | undefined {
  if ([green, amber].some((edge) => Math.abs(gap - edge) < tolerance)) return undefined
  if (gap <= green) return 'green'
  return gap <= amber ? 'amber' : 'red'
}
