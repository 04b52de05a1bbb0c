import { Refusal } from '../../../base/errors.ts'
import { shorten } from '../../../base/text.ts'
import { formatPeriod } from '../../../domain/measures/format.ts'
import { measureTitle } from '../../../domain/measures/lookup.ts'
import { effectiveReadings } from '../../../domain/measures/measure.ts'
import {
  findStandingReading,
  isReadingCorrected,
  latestReadingBy,
  type WithdrawableReading,
  withdrawReading,
} from '../../../domain/measures/reading-withdrawal.ts'
import { loadMeasure } from '../../../domain/measures/store.ts'
import { withdrawalBy } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Readings of measures. */
export const readings = undoableKind(
  'reading',
  { find: findStandingReading, latest: latestReadingBy },
  undoableOf,
)

function undoableOf(reading: WithdrawableReading): Undoable {
  const { id, measureId, programmeId, projectId, byId, at } = reading
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context, reason) => {
      const { tx, today } = context
      if (await isReadingCorrected(tx, reading)) throw new Refusal(correctedText)
      await withdrawReading(tx, id, withdrawalBy(context, reason))
      const measure = await loadMeasure(tx, measureId, today)
      const [latest] = effectiveReadings(measure)
      const now = latest
        ? `Taken back: the last reading is ${shorten(latest.raw, 120)} for ${formatPeriod(latest)}.`
        : 'Taken back: it has no reading.'
      return { lines: [`Measure ${measureTitle(measure)}`, now] }
    },
  }
}

const correctedText =
  'That reading was corrected since. Nothing was changed. Take the later one back first, or record the right one.'
