import type { CivilDate } from '../../../base/dates.ts'
import { latestStateAt } from './latest-state.ts'
import { sharedHeadings } from './shared-headings.ts'
import { type ColumnDefinition, type HeadingCell, headingForms } from './sheet-format.ts'
import { tellingWords } from './telling-words.ts'

/**
 * The headings of trackers, as people and their tools write them: Planner, Jira, Asana, Monday, Smartsheet, MS Project,
 * the GMPP return, milestone trackers. Of each meaning the surest heading comes first.
 */
export const trackerColumns = {
  title: {
    heading: 'Task',
    aliases: [
      ...['task name', 'task', 'tasks', 'summary', 'card name', 'activity name', 'title'],
      ...['milestone', 'milestone name', 'milestones', 'what we will do', 'what will be done'],
      ...['deliverable', 'deliverables', 'action', 'actions', 'action required', 'activity'],
      ...['activities', 'work item', 'item', 'item name', 'milestone description'],
      ...['action description', 'task description', 'project name', 'project title', 'name'],
      ...['project', 'must do', 'should do', 'improvement action', 'what', 'subject'],
      ...['action to be taken', 'actions to be taken', 'action needed', 'actions needed'],
      ...['agreed action', 'agreed actions', 'planned action', 'planned actions', 'key action'],
      ...['key actions', 'recommended action', 'action point', 'action points', 'key milestone'],
      ...['key milestones', 'milestone title', 'what needs to be done', 'what needs to happen'],
      ...['work package', 'initiative', 'deliverable name', 'description', 'descr', 'details'],
      ...['commitment', 'commitments', 'recommendation', 'recommendations'],
      ...['recommendation text', 'audit recommendation', 'feature', 'feature name', 'requirement'],
    ],
    need: 'must',
  },
  ref: {
    heading: 'Ref',
    aliases: [
      ...[...sharedHeadings.ref, 'ref no', 'issue key', 'key', 'task id', 'action id', 'item id'],
      ...['milestone id', 'activity id', 'task code', 'wbs', 'outline number', 'gmpp id number'],
      ...['gmpp id', 'id', 'no', 'number', 'action no', 'action number', 'item no', '#'],
      ...['unique id', 's/n', 'n', 'nr', 'task no', 'task number', 'ref id', 'code', 'project ref'],
      ...['rec no', 'recommendation no', 'recommendation number', 'rec ref'],
    ],
    need: 'may',
  },
  workstream: {
    heading: 'Workstream',
    aliases: [
      ...['workstream', 'work stream', 'bucket name', 'bucket', 'group', 'group name'],
      ...['section/column', 'section', 'epic name', 'epic link', 'epic', 'theme', 'phase', 'area'],
      ...['priority area', 'objective', 'key question', 'cqc key question', 'kloe', 'domain'],
      ...['component/s', 'components', 'component', 'programme', 'program', 'department'],
      ...['directorate', 'portfolio', 'service', 'team', 'category', 'project name', 'project'],
      ...['projects', 'list', 'list name', 'swimlane', 'lane', 'section/project', 'pillar'],
      ...['strategic pillar', 'business unit', 'work package', 'stream', 'wbs name', 'wbs'],
      ...['area path', 'project id', 'milestone'],
    ],
    need: 'may',
  },
  leads: {
    heading: 'Owner',
    aliases: [
      ...['assigned to', 'assignee', 'assignees', ...sharedHeadings.owners, 'action owner'],
      ...[...sharedHeadings.leads, 'responsible', 'responsible officer', 'responsible person'],
      ...['accountable', 'resource names', 'resource', 'resources', 'person', 'people'],
      ...['milestone owner', 'task owner', 'owner name', 'project lead', 'project owner'],
      ...['project manager', 'by whom', 'who', 'sro'],
    ],
    need: 'may',
  },
  deadline: {
    heading: 'Due date',
    aliases: [
      ...[...sharedHeadings.deadline, 'target date', 'target completion date', 'finish'],
      ...['finish date', 'end date', 'end', 'planned date', 'planned finish', 'planned end'],
      ...['planned end date', 'planned completion date', 'planned completion', 'milestone date'],
      ...['completion date', 'target', 'timescale', 'timescales', 'project - end date'],
      ...['project end date', 'when', 'timeline - end', 'due on', 'due by', 'target finish'],
      ...['scheduled date', 'scheduled finish', 'delivery date', 'go live date', 'go-live date'],
      ...['timeline', 'timeframe', 'time frame', 'timing', 'date'],
    ],
    isDate: true,
    need: 'may',
  },
  /** Monday's, beside a column of due dates: when a task is due where that is empty. */
  plannedEnd: {
    heading: 'Timeline - End',
    aliases: ['timeline - end', 'timeline end'],
    isDate: true,
    need: 'may',
  },
  baseline: {
    heading: 'Baseline date',
    aliases: [
      ...['baseline date', 'baseline finish', 'baseline end date', 'baseline end', 'baseline'],
      ...['original baseline', 'baseline due date', 'original date', 'original due date'],
      ...['original deadline', 'original target date', 'original end date', 'baseline schedule'],
    ],
    isDate: true,
    need: 'may',
  },
  forecast: {
    heading: 'Forecast date',
    aliases: [
      ...['forecast date', 'forecast', 'forecast finish', 'forecast end date', 'latest forecast'],
      ...['current forecast', 'revised date', 'revised due date', 'revised deadline', 'revised'],
      ...['revised target date', 'revised end date', 'new date', 'expected date'],
      ...['estimated finish', 'current schedule', 'current date', 'latest date'],
    ],
    isDate: true,
    need: 'may',
  },
  actual: {
    heading: 'Actual date',
    aliases: [
      ...['actual date', 'date implemented', 'date achieved', 'date delivered', 'actual finish'],
      ...['actual end date', 'actual end', 'actual completion date'],
      ...['actual completion', 'actual', 'completed date', 'date completed', 'completed on'],
      ...['completed at', 'closed date', 'date closed', 'resolved', 'resolution date', 'done on'],
    ],
    isDate: true,
    need: 'may',
  },
  state: {
    heading: 'RAG',
    aliases: [
      ...['rag', 'rag rating', 'rag status', 'brag', 'brag rating', 'brag status', 'current rag'],
      ...['overall rag', 'status rag', 'health', 'health status', 'overall health'],
      ...['schedule health', 'delivery confidence assessment', 'dca'],
      ...['delivery confidence', 'dca rating', 'ipa rating', 'confidence', 'rating'],
      ...['overall rating', 'current rating', 'progress rating'],
    ],
    need: 'may',
  },
  status: {
    heading: 'Status',
    aliases: [
      ...['status', 'task status', 'state', 'progress', 'stage', 'current status', 'open/closed'],
      ...['open / closed', 'open or closed'],
    ],
    need: 'may',
  },
  /** A share, or whether it is done: "100%", "Yes". */
  percent: {
    heading: '% complete',
    aliases: [
      ...['% complete', 'percent complete', '% done', '% completed', '% work complete'],
      ...['progress %', 'complete', 'percentage complete', 'completion %', 'complete %'],
      ...['pct complete', 'completion', 'completion pct', 'completion percent'],
      ...['completion percentage', 'complete pct', 'done', 'is done', 'done?', 'is complete'],
      ...['complete?', 'completed?', 'due complete'],
    ],
    need: 'may',
  },
  tags: {
    heading: 'Tags',
    aliases: [
      ...['priority', 'labels', 'label', 'tags', 'tag', 'issue type', 'type'],
      ...['must do / should do', 'must do/should do'],
    ],
    need: 'may',
  },
  commentary: {
    heading: 'Comments',
    aliases: [
      ...[...sharedHeadings.commentary, 'notes', 'note', 'update', 'latest update'],
      ...['latest comments', 'progress to date', 'update on progress', 'progress update'],
      ...['progress notes', 'narrative', 'remarks', 'commentary on actions'],
      ...['description', 'details', 'evidence', 'variance notes'],
    ],
    need: 'may',
  },
  /** Of MS Project: whether a task is scheduled at all. */
  active: { heading: 'Active', aliases: ['active', 'is active', 'active?'], need: 'may' },
  /** How deep a row stands in an outline. */
  level: {
    heading: 'Outline level',
    aliases: ['outline level', 'indent level', 'hierarchy level', 'ancestors'],
    need: 'may',
  },
  /** Beside a workstream and a task: the level between them. */
  project: {
    heading: 'Project',
    aliases: ['project', 'project name', 'project title', 'projects', 'initiative'],
    need: 'may',
  },
} as const satisfies Readonly<Record<string, ColumnDefinition>>

type Meaning = keyof typeof trackerColumns

/** Each meaning takes the surest of the headings that are left, the title first: "Project" beside "Task" is a group. */
export function mapTrackerColumns(
  cells: readonly HeadingCell[],
  asOf: CivilDate,
): (Meaning | undefined)[] {
  const placed: (Meaning | undefined)[] = cells.map(() => undefined)
  const texts = cells.map(headingTexts)
  // Beside durations, the heading Milestone says Yes or No of a task.
  const isSchedule = texts.flat().some((name) => scheduleWords.test(name))
  const isFlag = (names: readonly string[]) => isSchedule && names.includes('milestone')
  for (const [meaning, { aliases }] of Object.entries(trackerColumns)) {
    const ranked = texts
      .map((names, at) => ({ at, rank: rankOf(aliases, names) }))
      .filter(({ at, rank }) => rank !== -1 && placed[at] === undefined)
      .filter(({ at }) => !isFlag(texts[at] ?? []))
      .toSorted((a, b) => a.rank - b.rank)
    const [best] = ranked
    if (best && isMeaning(meaning)) placed[best.at] = meaning
  }
  // A row of words that are no headings may hold one of these words too.
  if (!placed.includes('title')) return placed
  const latest = placed.includes('state') ? undefined : latestStateAt(texts, asOf)
  if (latest !== undefined) placed[latest] = 'state'
  const [title, grouped] = [placed.indexOf('title'), placed.indexOf('workstream')]
  // "Project ID | Project name": the number of each row, and no part of the plan.
  const isOwnNumber = texts[grouped]?.some((name) => projectNumber.test(name))
  const isProject = texts[title]?.some((name) => /^projects?(?: name| title)?$/.test(name))
  if (isOwnNumber && isProject && !placed.includes('ref')) placed[grouped] = 'ref'
  for (const { meaning, word, never } of tellingWords) {
    if (placed.includes(meaning)) continue
    const at = texts.findIndex(
      (names, index) =>
        placed[index] === undefined &&
        names.some((name) => name.length <= 40 && word.test(name) && !never.test(name)),
    )
    if (at !== -1) placed[at] = meaning
  }
  return placed
}

/** By a word in the heading alone: "Est. completion" is the forecast. */
export function isGuessedHeading(cell: HeadingCell, meaning: string): boolean {
  const isTold = tellingWords.some((one) => one.meaning === meaning)
  return (
    isTold &&
    isMeaning(meaning) &&
    rankOf(trackerColumns[meaning].aliases, headingTexts(cell)) === -1
  )
}

/** A row of headings in other words, as programs write below those of their own. */
export function isHeadingRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '')
  return (
    filled.length > 2 && filled.every((cell) => headingForms(cell).some((form) => known.has(form)))
  )
}

/** Of Monday's tasks below a task, the first heading. */
const known: ReadonlySet<string> = new Set([
  'subitems',
  ...Object.values(trackerColumns).flatMap(({ aliases }) => [...aliases]),
])

const projectNumber = /^project (?:id|code|no|number)$/
const scheduleWords = /^(?:duration|predecessors|outline level|task mode)$/

const isMeaning = (key: string): key is Meaning => key in trackerColumns

/** Of one row of headings and of two together, without marks and brackets: "* Due date (dd/mm/yyyy):". */
const headingTexts = ({ heading, over }: HeadingCell): string[] =>
  (over === '' ? [heading] : [heading, `${over} ${heading}`])
    // Jira's own fields: "Custom field (Epic Name)".
    .map((text) => text.replace(/^custom field \((.+)\)$/i, '$1'))
    .flatMap(headingForms)
    .map((text) => text.replace(/^[*\s]+|[\s:*.]+$/g, ''))
    .map((text) => text.replace(whichOne, '$<which> $<of>').replace(/\s*\([^()]*\)$/, ''))

/** "Date (baseline)", "Finish - forecast": which of several dates it is stands behind it. */
const whichOne =
  /^(?<of>[a-z ]+?)\s*(?:\(|[:-]\s+)(?<which>baseline|original|planned|target|current|latest|forecast|revised|expected|actual|completed)\)?$/

const rankOf = (aliases: readonly string[], names: readonly string[]): number =>
  aliases.findIndex((alias) => names.includes(alias))
