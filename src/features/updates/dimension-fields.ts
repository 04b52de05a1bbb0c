import { fullDate } from '../../base/dates.ts'
import type { ProgrammeSettings } from '../../domain/programme/setting.ts'
import { allStates, formatState } from '../../domain/scheme/schemes.ts'
import {
  type DimensionKey,
  type DimensionRating,
  type DimensionStates,
  dimensionKeys,
  dimensionLabels,
  dimensionScheme,
  dimensionState,
  dimensionsSetting,
  formatDimension,
} from '../../domain/status/dimensions.ts'

/** Ratings by dimension in an update: its fields, and how they read. */

/** One field for each dimension, alike. */
export function dimensionFields<Field>(field: Field): Record<DimensionKey, Field> {
  return {
    ...{ time: field, cost: field, scope: field, benefits: field },
    ...{ risk: field, quality: field, confidence: field },
  }
}

/** The inputs of the update form, of the dimensions that the programme keeps. */
export function dimensionInputs(states: DimensionStates, settings: ProgrammeSettings) {
  return dimensionsSetting.of(settings).kept.map((key) => ({
    id: key,
    label: dimensionLabels[key],
    value: states[key] ?? '',
    choices: allStates(dimensionScheme(key, settings)).map((one) => ({
      title: formatState(one),
      value: one.key,
    })),
  }))
}

/** 'Cost ◆ Red, Time ● Green'; nothing where none is rated. */
export function formatDimensions(states: DimensionStates, settings: ProgrammeSettings): string[] {
  const told = dimensionKeys.flatMap((key) => {
    const state = states[key]
    return state === undefined ? [] : [formatDimension(key, state, settings)]
  })
  return told.length === 0 ? [] : [`${told.join(', ')}.`]
}

/** On a project's card: each dimension with its day, and how it was rated before; nothing where none is rated. */
export function dimensionDetail(
  ratings: readonly DimensionRating[],
  settings: ProgrammeSettings,
): { readonly label: string; readonly text: string } | null {
  const lines = [...Map.groupBy(ratings, ({ dimension }) => dimension)].flatMap(
    ([key, [now, before]]) => {
      if (!now) return []
      const was = before ? `, before that ${dimensionState(key, before.state, settings).label}` : ''
      return [`${formatDimension(key, now.state, settings)} (${fullDate(now.onDay)}${was})`]
    },
  )
  return lines.length === 0 ? null : { label: 'By dimension', text: lines.join('; ') }
}
