import { civilDate } from '../../src/base/dates.ts'
import type { ProjectRef } from '../../src/domain/plan/plan.ts'
import type {
  ActionEntry,
  Decision,
  Dependency,
  EntryRecord,
  Headline,
  Issue,
  Review,
  Risk,
} from '../../src/domain/register/entry.ts'

/** Entries of a register for tests, written down as far as the test cares. Ids read as "risk 3". */
export interface RecordedSketch {
  readonly text?: string
  readonly onDay?: string
  readonly closedOn?: string
  readonly outcome?: string
  readonly project?: ProjectRef | null
}

const practice = { id: '2.1', ref: '2.1', title: 'Practice standards' }

function recorded(
  kind: string,
  number: number,
  { onDay, closedOn, outcome, project }: RecordedSketch,
): EntryRecord {
  return {
    id: `${kind} ${number}`,
    number,
    project: project === undefined ? practice : project,
    byId: null,
    source: 'test',
    onDay: civilDate(onDay ?? '2017-02-01'),
    closing: closedOn ? { outcome: outcome ?? null, byId: null, onDay: civilDate(closedOn) } : null,
    reviews: [],
    reopenings: [],
  }
}

export function aRisk(
  number: number,
  state: string,
  sketch: RecordedSketch & { readonly mitigation?: string | null } = {},
): Risk {
  const { text = 'A risk', mitigation = null } = sketch
  const unsaid = { score: null, proximity: null, ownerId: null, reviewOn: null }
  return { kind: 'risk', text, mitigation, state, ...unsaid, ...recorded('risk', number, sketch) }
}

export function aDecision(
  number: number,
  neededBy: string | null,
  sketch: RecordedSketch & { readonly askedOf?: string | null } = {},
): Decision {
  const { text = 'A decision', askedOf = null } = sketch
  return {
    ...{ kind: 'decision', text, askedOf },
    neededBy: neededBy === null ? null : civilDate(neededBy),
    ...recorded('decision', number, sketch),
  }
}

export function aDependency(
  number: number,
  dependsOn: string,
  sketch: RecordedSketch = {},
): Dependency {
  const { text = '' } = sketch
  return {
    ...{ kind: 'dependency', text, dependsOn, dependsOnId: null },
    ...recorded('dependency', number, sketch),
  }
}

export function aHeadline(number: number, sketch: RecordedSketch = {}): Headline {
  const { text = 'News' } = sketch
  return { kind: 'headline', text, ...recorded('headline', number, { project: null, ...sketch }) }
}

export function anAction(
  number: number,
  neededBy: string,
  sketch: RecordedSketch & { readonly ownerId?: string | null } = {},
): ActionEntry {
  const { text = 'An action', ownerId = null } = sketch
  return {
    ...{ kind: 'action', text, ownerId, neededBy: civilDate(neededBy) },
    ...recorded('action', number, sketch),
  }
}

export function anIssue(number: number, state: string, sketch: RecordedSketch = {}): Issue {
  const { text = 'An issue' } = sketch
  return {
    ...{ kind: 'issue', text, state, mitigation: null, ownerId: null, reviewOn: null },
    ...recorded('issue', number, sketch),
  }
}

/** A review that says what is given and leaves the rest empty. */
export function aReview({
  onDay,
  withdrawnOn,
  ...said
}: Partial<Omit<Review, 'onDay' | 'withdrawnOn'>> & {
  readonly onDay: string
  readonly withdrawnOn?: string
}): Review {
  return {
    ...{ id: `review of ${onDay}`, mitigation: null, state: null, score: null, proximity: null },
    ...{ neededBy: null, ownerId: null, reviewOn: null, reason: null, byId: null },
    ...said,
    onDay: civilDate(onDay),
    withdrawnOn: withdrawnOn === undefined ? null : civilDate(withdrawnOn),
  }
}
