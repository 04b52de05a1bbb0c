import type { CivilDate } from '../../../base/dates.ts'
import { periodNamed } from '../../../domain/measures/periods.ts'
import { readMeasures } from './kpi-rows.ts'
import { type HeadingCell, placeByName, type Shape } from './sheet-format.ts'

/**
 * CUM's tables: a row for each KPI with its baseline, target and readings, or for each quality or feedback measure with
 * its frequency, method and update. Tables with headings of their own may stand below each other.
 */
export const kpiTable: Shape = {
  key: 'kpi-table',
  what: 'a KPI table',
  twoHeadingRows: true,
  stacked: true,
  columns: {
    workstream: {
      heading: 'Workstream',
      names: ['workstream', 'priority', 'area', 'theme', 'dimension'],
      need: 'may',
    },
    project: {
      heading: 'Project',
      names: ['project', 'project ref', 'ref', 'action'],
      need: 'may',
    },
    measure: {
      heading: 'KPI',
      names: [
        ...['kpi', 'measure', 'indicator', 'performance indicator', 'key performance indicator'],
        ...['quality measure', 'feedback measure'],
      ],
      need: 'must',
    },
    kind: { heading: 'Kind', names: ['kind', 'type', 'measure type'], need: 'may' },
    polarity: {
      heading: 'Figure will',
      names: ['figure will', 'polarity', 'good is', 'direction wanted', 'aim'],
      need: 'may',
    },
    baseline: {
      heading: 'Baseline',
      names: ['baseline', 'baseline value'],
      matches: (text) => /^baseline\b(?!.*\brag\b)/.test(text),
      need: 'may',
    },
    baselineState: { heading: 'Baseline RAG', names: ['baseline rag'], need: 'may' },
    target: {
      heading: 'Target',
      names: ['target', 'targets'],
      matches: (text) => /^target\b/.test(text),
      need: 'may',
    },
    frequency: { heading: 'Frequency', names: ['frequency', 'how often'], need: 'may' },
    method: {
      heading: 'Collection Method',
      names: ['collection method', 'method', 'how collected', 'source'],
      need: 'may',
    },
    next: {
      heading: 'Next reading due',
      names: ['next reading due', 'next due', 'next reading'],
      need: 'may',
    },
    reading: {
      heading: 'a value (such as September 2018)',
      names: ['value', 'reading', 'actual', 'current', 'performance', 'update', 'latest'],
      matches: (text, asOf) =>
        /\b(?:value|actual|update|reading)$/.test(text) || isPeriod(text, asOf),
      need: 'must',
      many: true,
    },
    readingState: {
      heading: 'RAG',
      names: ['rag', 'brag'],
      matches: (text) => /\bb?rag$/.test(text),
      need: 'may',
      many: true,
    },
    direction: {
      heading: 'DoT',
      names: ['dot', 'direction', 'direction of travel', 'trend'],
      matches: (text) => /\b(?:dot|direction of travel)$/.test(text),
      need: 'may',
      many: true,
    },
  },
  place,
  read(tables, frame, draft) {
    for (const table of tables) readMeasures(table, frame, draft)
  },
}

/**
 * "RAG" belongs to the figures on its left, and a month before the target is the baseline where no column is headed so:
 * "March 2018 | RAG | Target March 2019 | September 2018: Value | RAG | DoT".
 */
function place(cells: readonly HeadingCell[], asOf: CivilDate): (string | undefined)[] {
  const placed = placeByName(kpiTable.columns, cells, asOf)
  const target = placed.indexOf('target')
  if (!placed.includes('baseline') && target > 0) {
    const at = placed.slice(0, target).indexOf('reading')
    if (at !== -1) placed[at] = 'baseline'
  }
  let figures: string | undefined
  return placed.map((meaning) => {
    if (meaning === 'baseline' || meaning === 'reading') figures = meaning
    return meaning === 'readingState' && figures === 'baseline' ? 'baselineState' : meaning
  })
}

function isPeriod(text: string, asOf: CivilDate): boolean {
  return /[a-z\d]/.test(text) && periodNamed(text, asOf) !== undefined
}
