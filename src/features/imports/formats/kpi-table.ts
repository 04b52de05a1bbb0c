import type { CivilDate } from '../../../base/dates.ts'
import { parsePeriod } from '../../../domain/measures/periods.ts'
import { parseMeasures } from './kpi-rows.ts'
import { type HeadingCell, mapColumnsByName, type SheetFormat } from './sheet-format.ts'

/**
 * CUM's tables: a row for each KPI with its baseline, target and readings, or for each quality or feedback measure with
 * its frequency, method and update. Several tables with their own headings may be stacked.
 */
export const kpiTable: SheetFormat = {
  key: 'kpi-table',
  description: 'a KPI table',
  hasNoProjects: true,
  hasTwoHeadingRows: true,
  hasStackedTables: true,
  columns: {
    workstream: {
      heading: 'Workstream',
      aliases: ['workstream', 'priority', 'area', 'theme', 'dimension', 'objective', 'domain'],
      need: 'may',
    },
    project: {
      heading: 'Project',
      aliases: ['project', 'project ref', 'project id', 'ref', 'action'],
      need: 'may',
    },
    measure: {
      heading: 'KPI',
      aliases: [
        ...['kpi', 'measure', 'indicator', 'performance indicator', 'key performance indicator'],
        ...['quality measure', 'feedback measure', 'metric', 'metric name', 'kpi name'],
        ...['key result', 'key results', 'benefit', 'benefit name', 'performance measure'],
        ...['measure name', 'indicator name', 'outcome measure', 'success measure'],
      ],
      need: 'must',
    },
    kind: { heading: 'Kind', aliases: ['kind', 'type', 'measure type'], need: 'may' },
    polarity: {
      heading: 'Figure will',
      aliases: ['figure will', 'polarity', 'good is', 'direction wanted', 'aim'],
      need: 'may',
    },
    baseline: {
      heading: 'Baseline',
      aliases: ['baseline', 'baseline value', 'start value', 'starting value', 'starting point'],
      matches: (text) => /^baseline\b(?!.*\brag\b)/.test(text),
      need: 'may',
    },
    baselineState: { heading: 'Baseline RAG', aliases: ['baseline rag'], need: 'may' },
    target: {
      heading: 'Target',
      aliases: ['target', 'targets'],
      matches: (text, asOf) =>
        /^target\b(?! (?:date|day|year)$)/.test(text) || isPeriodTarget(text, asOf),
      need: 'may',
      isRepeatable: true,
    },
    targetDay: {
      heading: 'Target date',
      aliases: [
        ...['target date', 'target day', 'target by', 'due', 'due date', 'achieve by', 'by when'],
      ],
      isDate: true,
      need: 'may',
    },
    frequency: { heading: 'Frequency', aliases: ['frequency', 'how often'], need: 'may' },
    method: {
      heading: 'Collection Method',
      aliases: ['collection method', 'method', 'how collected', 'source'],
      need: 'may',
    },
    measuredOn: {
      heading: 'Date measured',
      aliases: [
        ...['date measured', 'measured on', 'measurement date', 'reading date', 'date of reading'],
        ...['data as at', 'as at', 'as of', 'reporting date', 'last updated'],
      ],
      isDate: true,
      need: 'may',
    },
    next: {
      heading: 'Next reading due',
      aliases: ['next reading due', 'next due', 'next reading'],
      isDate: true,
      need: 'may',
    },
    reading: {
      heading: 'a value (such as September 2018)',
      aliases: [
        ...['value', 'reading', 'actual', 'current', 'performance', 'update', 'latest'],
        ...['current value', 'latest value', 'current performance'],
      ],
      matches: (text, asOf) =>
        figureWords.test(text) || isPeriod(text, asOf) || figureOfPeriod.test(text),
      need: 'must',
      isRepeatable: true,
    },
    readingState: {
      heading: 'RAG',
      aliases: ['rag', 'brag', 'status', 'rag status', 'rag rating'],
      matches: (text) => /\bb?rag$/.test(text),
      need: 'may',
      isRepeatable: true,
    },
    direction: {
      heading: 'DoT',
      aliases: ['dot', 'direction', 'direction of travel', 'trend'],
      matches: (text) => /\b(?:dot|direction of travel)$/.test(text),
      need: 'may',
      isRepeatable: true,
    },
  },
  mapColumns: mapKpiColumns,
  parse(tables, frame, draft) {
    for (const table of tables) parseMeasures(table, frame, draft)
  },
}

/**
 * "RAG" belongs to the figures on its left, and a month before the target is the baseline if no column is headed so and
 * figures stand behind the target: "March 2018 | RAG | Target March 2019 | September 2018: Value | RAG | DoT". A row of
 * months before the target, "April | May | June | Target", is a row of readings.
 */
function mapKpiColumns(cells: readonly HeadingCell[], asOf: CivilDate): (string | undefined)[] {
  const placed = mapColumnsByName(kpiTable.columns, cells, asOf)
  const target = placed.indexOf('target')
  if (!placed.includes('baseline') && target > 0 && placed.includes('reading', target)) {
    const at = placed.slice(0, target).findIndex((meaning, index) => {
      return meaning === 'reading' && !saysReading(cells[index])
    })
    if (at !== -1) placed[at] = 'baseline'
  }
  let figures: string | undefined
  return placed.map((meaning, at) => {
    if (meaning === 'baseline' || meaning === 'reading') figures = meaning
    // "Current | Baseline | Target | RAG": behind the target it is of the figure that was read.
    if (meaning === 'target' && placed.slice(0, at).includes('reading')) figures = 'reading'
    return meaning === 'readingState' && figures === 'baseline' ? 'baselineState' : meaning
  })
}

/** "Latest (Sep 2026)" */
const figureOfPeriod = /^(?:latest|current|actual|value|reading|performance) ?\(.*\d.*\)$/

/** Behind a period: "Q1 actual", "2025/26 outturn". */
const figureWords = /\b(?:value|actual|update|reading|outturn|out-turn)$/

const isPeriodTarget = (text: string, asOf: CivilDate): boolean =>
  / targets?$/.test(text) && isPeriod(text.replace(/ targets?$/, ''), asOf)

/** "2025/26 actual" is no baseline, wherever it stands. */
const saysReading = (cell: HeadingCell | undefined): boolean =>
  figureWords.test(cell?.heading.trim().toLowerCase() ?? '')

function isPeriod(text: string, asOf: CivilDate): boolean {
  return /[a-z\d]/.test(text) && parsePeriod(text, asOf) !== undefined
}
