import { fold } from '../../../base/text.ts'
import { sharedHeadings } from './shared-headings.ts'
import type { ColumnDefinition, HeadingCell } from './sheet-format.ts'

/** The headings of registers of risks, issues, actions, decisions and dependencies, as offices and their tools write them. */
export const registerColumns = {
  entryRef: {
    heading: 'Ref',
    aliases: [
      ...[...sharedHeadings.ref, 'id', 'no', 'number', '#', 'ref no', 'raid id', 'item no', 'key'],
      ...['log no', 'entry no', 'unique id'],
    ],
    matches: (text) =>
      /^(?:risk|issue|action|decision|dependency|raid|item)s? (?:id|no|number|ref|reference|#)$/.test(
        text,
      ),
    need: 'may',
  },
  milepostRef: { heading: 'Milepost number', aliases: ['milepost number'], need: 'may' },
  kind: {
    heading: 'Type',
    aliases: [
      ...['type', 'raid', 'raid type', 'kind', 'item type', 'category', 'entry type'],
      ...['raid category', 'log type', 'r/a/i/d'],
    ],
    need: 'may',
  },
  text: {
    heading: 'Description',
    aliases: [
      ...['description', 'title', 'summary', 'name', 'detail', 'details', 'cause', 'event'],
      ...['effect', 'consequence', 'consequences', 'risk and impact', 'what', 'item'],
      ...['decision needed', 'decision required', 'decision made', 'action required', 'reason'],
    ],
    matches: (text) =>
      /^(?:risk|issue|action|decision|dependency|item)s?(?: (?:title|description|name|statement|event|cause|summary|detail|details|and impact|and issue))?$/.test(
        text,
      ),
    need: 'must',
    isRepeatable: true,
  },
  about: {
    heading: 'Project',
    aliases: [
      'project',
      'project ref',
      'project no',
      'project number',
      'workstream',
      'work package',
    ],
    need: 'may',
  },
  likelihood: {
    heading: 'Likelihood',
    aliases: ['likelihood', 'probability', 'l', 'p', 'likelihood score', 'probability score'],
    matches: (text) => /^(?:likelihood|probability) \(/.test(text),
    need: 'may',
  },
  impact: {
    heading: 'Impact',
    aliases: ['impact', 'i', 'impact score', 'impact rating', 'consequence score'],
    matches: (text) => /^impact \(/.test(text),
    need: 'may',
  },
  score: {
    heading: 'Score',
    aliases: ['score', 'risk score', 'rating score', 'l x i', 'lxi', 'p x i', 'exposure'],
    matches: (text) => /^(?:risk )?(?:score|exposure)\b/.test(text),
    need: 'may',
  },
  state: {
    heading: 'RAG',
    aliases: [
      ...['rag', 'rag rating', 'brag', 'brag rating', 'rag status', 'risk rating', 'rating'],
      ...['risk level', 'level', 'delivery confidence'],
    ],
    need: 'may',
  },
  severity: { heading: 'Severity', aliases: ['severity', 'priority', 'urgency'], need: 'may' },
  mitigation: {
    heading: 'Mitigation',
    aliases: [
      ...['mitigation', 'mitigations', 'controls', 'existing controls', 'countermeasures'],
      ...['response', 'risk response', 'resolution plan', 'action plan', 'next steps', 'treatment'],
      ...['done about it', 'mitigating actions', 'mitigating action', 'action taken'],
      ...['mitigation / action', 'mitigation/action', 'action / mitigation', 'mitigation/response'],
    ],
    matches: (text) => /^mitigat\w+ (?:actions?|measures?|plan|strategy)$/.test(text),
    need: 'may',
  },
  proximity: { heading: 'Proximity', aliases: ['proximity', 'timeframe', 'may come'], need: 'may' },
  owner: {
    heading: 'Owner',
    aliases: [
      ...[...sharedHeadings.owners, ...sharedHeadings.leads, 'assigned to', 'assignee'],
      ...['responsible', 'by whom', 'who', 'accountable', 'lead'],
    ],
    matches: (text) => /^(?:risk|issue|action|dependency|raid) owner$/.test(text),
    need: 'may',
  },
  review: {
    heading: 'Review date',
    aliases: ['review date', 'next review', 'next review date', 'review', 'review by', 'review on'],
    isDate: true,
    need: 'may',
  },
  neededBy: {
    heading: 'Due date',
    aliases: [
      ...[...sharedHeadings.deadline, 'target date', 'needed by', 'required by', 'by when'],
      ...['date needed', 'date required', 'decision needed by', 'target resolution date'],
      ...['target completion date', 'date due'],
    ],
    isDate: true,
    need: 'may',
  },
  askedOf: {
    heading: 'Decision maker',
    aliases: [
      ...['decision maker', 'decision-maker', 'decision owner', 'needed from', 'decided by'],
      ...['decision by', 'approver', 'made by', 'agreed by', 'approved by', 'forum'],
      ...['governance', 'board'],
    ],
    need: 'may',
  },
  dependsOn: {
    heading: 'Depends on',
    aliases: [
      ...['depends on', 'dependent on', 'waits for', 'provider', 'dependency on', 'supplier'],
      ...['giving project', 'giver', 'from', 'external body', 'dependency provider'],
    ],
    need: 'may',
  },
  raised: {
    heading: 'Date raised',
    aliases: [
      ...['date raised', 'raised', 'raised on', 'date identified', 'identified on', 'date opened'],
      ...['opened', 'date logged', 'created', 'date added', 'identified', 'date', 'open date'],
    ],
    isDate: true,
    need: 'may',
  },
  status: {
    heading: 'Status',
    aliases: ['status', 'open/closed', 'open / closed', 'state', 'progress status'],
    matches: (text) => /^(?:risk|issue|action|decision|dependency|raid) status$/.test(text),
    need: 'may',
  },
  closed: {
    heading: 'Date closed',
    aliases: [
      ...['date closed', 'closed', 'closed on', 'closure date', 'closed date', 'date resolved'],
      ...['resolved on', 'resolved', 'completed on', 'date completed', 'decision date'],
      ...['date of decision', 'decided on', 'date decided', 'date made'],
    ],
    isDate: true,
    need: 'may',
  },
  outcome: {
    heading: 'Outcome',
    aliases: [
      'outcome',
      'resolution',
      'result',
      'closing comment',
      'closure comments',
      'how it ended',
    ],
    need: 'may',
  },
} as const satisfies Readonly<Record<string, ColumnDefinition>>

export type RegisterColumn = keyof typeof registerColumns

/** Of the two ratings of one risk, the one with what is done about it counts: it is the risk as it stands. */
const withControls = /\b(?:residual|current|net|mitigated|post[- ]mitigation|after)\b/
const withoutControls = /\b(?:inherent|gross|raw|initial|pre[- ]mitigation|before|original)\b/
const target = /\b(?:target|tolerated|appetite)\b/
const rated: readonly string[] = ['likelihood', 'impact', 'score', 'state']

/** By the names of the columns; "Residual likelihood" is a likelihood, and goes before an inherent one. */
export function mapRegisterColumns(
  cells: readonly HeadingCell[],
  named: (cells: readonly HeadingCell[]) => (string | undefined)[],
): (string | undefined)[] {
  const whole = cells.map(({ heading, over }) => fold(`${over} ${heading}`))
  const bare = cells.map((cell) => ({ ...cell, heading: withoutMoment(cell.heading), over: '' }))
  const meanings = named(cells).map((own, at) => {
    const qualified = isQualified(whole[at] ?? '')
    return (qualified && ratedOnly(named([bare[at] ?? noHeading])[0])) || own
  })
  return meanings.map((meaning, at) => {
    if (meaning === undefined || !rated.includes(meaning)) return meaning
    const same = whole.filter((_, other) => meanings[other] === meaning)
    return isChosen(whole[at] ?? '', same) ? meaning : undefined
  })
}

const noHeading: HeadingCell = { index: 0, heading: '', over: '' }
const moments = [withControls, withoutControls, target]
const isQualified = (text: string) => moments.some((moment) => moment.test(text))
const ratedOnly = (meaning: string | undefined) =>
  meaning !== undefined && rated.includes(meaning) ? meaning : undefined

function withoutMoment(heading: string): string {
  return moments
    .reduce((text, moment) => text.replace(moment, ' '), fold(heading))
    .replace(/\brisk\b(?=.* )/, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Whether a heading is the one that is read among those of its meaning; two that are alike are asked about. */
function isChosen(text: string, same: readonly string[]): boolean {
  if (target.test(text)) return false
  if (withControls.test(text)) return true
  if (same.some((one) => withControls.test(one))) return false
  return (
    !withoutControls.test(text) ||
    same.every((one) => withoutControls.test(one) || target.test(one))
  )
}
