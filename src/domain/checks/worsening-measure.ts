import { listOf, plural, quoted, shorten } from '../../base/text.ts'
import { effectiveReadings, type Measure } from '../measures/measure.ts'
import { directionOf, previousFigure } from '../measures/rules.ts'
import { aimOn } from '../measures/staged-target.ts'
import { formatState } from '../scheme/schemes.ts'
import { type Check, fingerprint, isOnCourse } from './check.ts'

/** A measure of a Green project that got worse, after polarity, from one reading to the next. */
export const worseningMeasureCheck: Check = {
  key: 'measure',
  title: 'the measure',
  inputs: () => ['measures'],
  appliesTo: ({ state }) => isOnCourse(state),
  mayTrip: (_, { hasReadings }) => hasReadings,
  find: ({ project, state }, { measures }) => {
    const worse = measures
      .filter(({ projects }) => projects.some(({ id }) => id === project.id))
      .flatMap((measure) => findWorsening(measure) ?? [])
    if (worse.length === 0) return undefined
    return {
      fingerprints: worse.map(({ token }) => token),
      question: `It is ${formatState(state)}, while ${listOf(worseningTexts(worse))}. Is ${state.label} still right?`,
    }
  },
}

interface Worsening {
  readonly token: string
  readonly text: string
}

const maxMeasuresNamed = 3

function worseningTexts(worse: readonly Worsening[]): string[] {
  const named = worse.slice(0, maxMeasuresNamed).map(({ text }) => text)
  const rest = worse.length - named.length
  return rest > 0 ? [...named, `${plural(rest, 'other measure')} did, too`] : named
}

function findWorsening(measure: Measure): Worsening | undefined {
  const [latest] = effectiveReadings(measure)
  const before = latest && previousFigure(measure, latest)
  if (!latest || !before) return undefined
  const travel = directionOf(aimOn(measure, latest.forDay), latest.raw, before.raw)
  if (!travel.computable || travel.direction !== 'worse') return undefined
  const { id, number, title } = measure
  return {
    token: `${id}:${latest.forDay}:${fingerprint(latest.raw)}`,
    text: `measure ${number} ${shorten(title, 80)} got worse, from ${quoted(before.raw)} to ${quoted(latest.raw)}`,
  }
}
