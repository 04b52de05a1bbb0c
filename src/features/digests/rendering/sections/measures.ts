import { capitalised, listOf, plural, quoted, shorten } from '../../../../base/text.ts'
import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import {
  hasChangedColour,
  type MeasureEntry,
} from '../../../../domain/digests/content/measure-entries.ts'
import { directionTexts } from '../../../../domain/measures/format.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { formatState, rag, stateByKey } from '../../../../domain/scheme/schemes.ts'
import { briefTitle, formatTitle } from './abbreviate.ts'
import type { LineFormatter } from './line-format.ts'
import type { SectionEntry } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

/** Measures are rated Red, Amber and Green whatever the programme's scheme. Their direction is after polarity. */

const stateText = (state: string | null) =>
  state === null ? '○ Not rated' : formatState(stateByKey(rag, state))

export const changedMeasuresSection: SectionDescriptor = {
  key: 'changed measures',
  firstMessageLimit: 3,
  isOneLine: true,
  build: ({ measures }, lines) => [
    {
      heading: 'KPIs that changed colour',
      entries: measures.filter(hasChangedColour).map((measure) => ({
        ...measureEntry(measure, lines),
        brief: {
          title: briefTitle(measureRef(measure)),
          text: `${stateText(measure.state)}, was ${stateByKey(rag, measure.was ?? '').label}${measure.isByAim ? ' by another aim' : ''}`,
        },
      })),
      noun: ['KPI that changed colour', 'KPIs that changed colour'],
    },
  ],
}

/** Delivery as it should be, and the measure that it is to move stays where it was: a named exception. */
export const notMovingSection: SectionDescriptor = {
  key: 'measure not moving',
  firstMessageLimit: 2,
  isOneLine: true,
  build: (content, lines) => {
    const states = new Map(content.snapshot.projects.map(({ id, state }) => [id, state]))
    const notMoving = new Set(content.notMoving)
    const pairs = content.measures
      .filter(({ measureId }) => notMoving.has(measureId))
      .flatMap((measure) => measure.projects.map((project) => ({ measure, project })))
      .filter(({ project }) => isAtGoal(states.get(project.id), content))
    return [
      {
        heading: `Delivery ${content.scheme.goal}, measure not moving`,
        entries: [...Map.groupBy(pairs, ({ project }) => project.id).values()].map((its) => {
          const [{ project } = { project: { id: '', ref: '', title: '' } }] = its
          return {
            ...lines.head(project),
            lines: its.map(({ measure }) =>
              lines.abbreviate(
                `${formatTitle(measureRef(measure))}: ${besideOf(measure)}`,
                `kpi ${measure.number}`,
              ),
            ),
            brief: {
              title: briefTitle(project),
              text: its.map(({ measure }) => measureRef(measure).ref).join(', '),
            },
          }
        }),
        noun: [
          `${content.scheme.goal} whose measure does not move`,
          `${content.scheme.goal} whose measures do not move`,
        ],
      },
    ]
  },
}

/** Activity, KPIs, quality and feedback, each with its counts, as a quarter's overview has them (CUM). */
export const dimensionSection: SectionDescriptor = {
  key: 'dimensions',
  firstMessageLimit: 0,
  build: ({ measures, counts }) => [
    {
      heading: 'By dimension',
      entries:
        measures.length === 0
          ? []
          : [
              dimensionEntry(
                'Activity',
                counts.map(({ label, count }) => `${label} ${count}`),
              ),
              ...(['kpi', 'quality', 'feedback'] as const).flatMap((kind) => {
                const own = measures.filter((measure) => measure.kind === kind)
                const title = kind === 'kpi' ? 'KPI' : capitalised(kind)
                return own.length > 0 ? [dimensionEntry(title, countTexts(own))] : []
              }),
            ],
      noun: ['dimension', 'dimensions'],
    },
  ],
}

/** All that are not Green or got worse, beside the projects that they serve. */
export const measureSection: SectionDescriptor = {
  key: 'measures',
  firstMessageLimit: 0,
  build: ({ measures }, lines) => [
    {
      heading: 'Measures',
      entries: measures
        .filter((measure) => !hasChangedColour(measure) && isOfConcern(measure))
        .map((measure) => measureEntry(measure, lines)),
      noun: ['measure to watch', 'measures to watch'],
    },
  ],
}

function isOfConcern({ state, direction }: MeasureEntry): boolean {
  return direction === 'worse' || (state !== null && !stateByKey(rag, state).good)
}

/** In the state in which things should be: complete is more than that, and its measures are read another time. */
function isAtGoal(key: string | undefined, { scheme }: DigestContent): boolean {
  return key !== undefined && stateIn(scheme, key).label === scheme.goal
}

/** As people name it in a command: 'kpi 3'. */
const measureRef = ({ kind, number, title }: MeasureEntry) => ({
  ref: `${kind === 'kpi' ? 'KPI' : 'Measure'} ${number}`,
  title,
})

/** '◆ Red, ↓ worse'. */
function besideOf({ state, direction }: MeasureEntry): string {
  return [stateText(state), ...(direction ? [directionTexts[direction]] : [])].join(', ')
}

const maxFigureLength = 40

function measureEntry(measure: MeasureEntry, lines: LineFormatter): SectionEntry {
  const { number, reading, period, target, projects } = measure
  const figures = [
    reading === null
      ? 'No reading yet'
      : `${quoted(shorten(reading, maxFigureLength))} for ${period}`,
    target ? `target ${quoted(shorten(target, maxFigureLength))}` : 'no target',
  ].join(', ')
  const changed = changedText(measure)
  const [first] = projects
  return {
    title: formatTitle(measureRef(measure)),
    beside: besideOf(measure),
    lines: [
      ...(changed ? [changed] : []),
      lines.abbreviate(figures, `kpi ${number}`),
      ...(projects.length > 0 ? [`For ${listOf(projects.map(({ ref }) => ref))}`] : []),
    ],
    workstreamId: first ? lines.head(first).workstreamId : null,
  }
}

/** 'Was Green', 'Was Green, ↑ better: its target or aim was changed, not its reading'; '' where it is as it was. */
function changedText(measure: MeasureEntry): string {
  const { was, isByAim, directionWas } = measure
  const before = [
    ...(hasChangedColour(measure) ? [stateByKey(rag, was ?? '').label] : []),
    ...(directionWas ? [directionTexts[directionWas]] : []),
  ].join(', ')
  if (before === '') return ''
  const isByAimAlone = directionWas !== null || isByAim
  return `Was ${before}${isByAimAlone ? ': its target or aim was changed, not its reading' : ''}`
}

function dimensionEntry(title: string, counts: readonly string[]): SectionEntry {
  return { title, beside: counts.join(', '), lines: [], workstreamId: null }
}

function countTexts(measures: readonly MeasureEntry[]): string[] {
  const counts = rag.states.map(({ key, label }) => {
    return `${label} ${measures.filter(({ state }) => state === key).length}`
  })
  const unrated = measures.filter(({ state }) => state === null).length
  return [...counts, ...(unrated > 0 ? [plural(unrated, 'not rated', 'not rated')] : [])]
}
