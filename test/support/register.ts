import { civilDate } from '../../src/base/dates.ts'
import type { ProjectRef } from '../../src/domain/plan/plan.ts'
import type {
  Decision,
  Dependency,
  EntryRecord,
  Headline,
  Risk,
} from '../../src/domain/register/entry.ts'

/** Entries of a register for tests, written down as far as the test cares. Ids read as "risk 3". */
export interface RecordedSketch {
  readonly text?: string
  readonly onDay?: string
  readonly closedOn?: string
  readonly project?: ProjectRef | null
}

const practice = { id: '2.1', ref: '2.1', title: 'Practice standards' }

function recorded(
  kind: string,
  number: number,
  { onDay, closedOn, project }: RecordedSketch,
): EntryRecord {
  return {
    id: `${kind} ${number}`,
    number,
    project: project === undefined ? practice : project,
    byId: null,
    source: 'test',
    onDay: civilDate(onDay ?? '2017-02-01'),
    closing: closedOn ? { outcome: null, byId: null, onDay: civilDate(closedOn) } : null,
  }
}

export function aRisk(
  number: number,
  state: string,
  sketch: RecordedSketch & { readonly mitigation?: string | null } = {},
): Risk {
  const { text = 'A risk', mitigation = null } = sketch
  return { kind: 'risk', text, mitigation, state, ...recorded('risk', number, sketch) }
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
  return { kind: 'dependency', text, dependsOn, ...recorded('dependency', number, sketch) }
}

export function aHeadline(number: number, sketch: RecordedSketch = {}): Headline {
  const { text = 'News' } = sketch
  return { kind: 'headline', text, ...recorded('headline', number, { project: null, ...sketch }) }
}
