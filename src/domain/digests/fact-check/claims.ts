import type { CivilDate } from '../../../base/dates.ts'
import type { DimensionKey } from '../../status/dimensions.ts'
import type { Movement } from '../../status/movement.ts'

/** What a digest counts in a sentence. */
export type CountedThing =
  | Exclude<
      Movement,
      'same' | 'another rule' | 'other projects' | 'set by hand' | 'no longer set by hand'
    >
  | 'set aside'
  | 'set aside and live again'
  | 'in another workstream'
  | 'renumbered'
  | 'out of the plan'
  | 'rated by another rule'
  | 'newly overdue'
  | 'reopened'
  | 'newly at risk'
  | 'overdue'
  | 'finished'
  | 'due later'
  | 'without a date'
  | 'moved'
  | 'decisions'
  | 'decisions of others'
  | 'measures of another colour'
  | 'rated by their milestones'
  | 'worse in a dimension'

/** What a digest lists in part and counts besides. */
export type RegisterKind = 'risk' | 'issue' | 'action' | 'dependency'

/** A list of projects or milestones that must be whole: who is in it, and nobody else. */
export type ListName =
  | 'worse'
  | 'better'
  | 'still in need'
  | 'newly in need'
  | 'newly overdue'
  | 'still overdue'
  | 'finished'
  | 'moved'
  | 'due'
  | 'at risk'
  | 'quiet'
  | 'newly set aside'
  | 'live again'
  | 'worse in a dimension'
  | 'behind in a dimension'

/**
 * One thing that a digest says, whether it stands in its frozen content or in its words. Projects, milestones and
 * states by their ids and keys.
 */
export type Statement =
  | { readonly says: 'state'; readonly project: string; readonly state: string }
  | { readonly says: 'movement'; readonly project: string; readonly movement: Movement }
  | { readonly says: 'from'; readonly project: string; readonly state: string }
  | { readonly says: 'rounds'; readonly project: string; readonly rounds: number }
  | {
      readonly says: 'was rated'
      readonly project: string
      readonly state: string
      readonly until: CivilDate
    }
  | { readonly says: 'reason'; readonly project: string; readonly text: string }
  | { readonly says: 'awaits'; readonly project: string; readonly isSo: boolean }
  /** Null: the programme. */
  | { readonly says: 'colour'; readonly workstream: string | null; readonly state: string }
  | {
      readonly says: 'colour moved'
      readonly workstream: string | null
      readonly movement: Movement
    }
  | { readonly says: 'set by hand'; readonly workstream: string | null; readonly isSet: boolean }
  | {
      readonly says: 'in state'
      readonly state: string
      readonly count: number
      readonly was: number | null
    }
  | {
      readonly says: 'in workstream'
      readonly workstream: string
      readonly state: string
      readonly count: number
    }
  | { readonly says: 'count'; readonly of: CountedThing; readonly count: number }
  | { readonly says: 'list'; readonly list: ListName; readonly ids: readonly string[] }
  | { readonly says: 'coverage'; readonly updated: number; readonly of: number }
  /** By the ids of the entries: what the board is asked, and what it has decided since it was asked. */
  | {
      readonly says: 'decisions'
      readonly needed: readonly string[]
      /** Of those needed, the ones that another board is asked for. */
      readonly ofOthers: readonly string[]
      readonly decided: readonly string[]
    }
  /** Of the open risks, issues, actions or dependencies: ids of those that it lists, and how many it only counts. */
  | {
      readonly says: 'register'
      readonly kind: RegisterKind
      readonly listed: readonly string[]
      readonly leftOut: number
    }
  | { readonly says: 'nothing moved' }
  | { readonly says: 'nothing due' }
  | { readonly says: 'nobody updated' }
  | { readonly says: 'nothing rated' }
  | { readonly says: 'first digest' }
  | { readonly says: 'no project yet' }
  | { readonly says: 'last update'; readonly project: string; readonly days: number }
  | {
      readonly says: 'measure'
      readonly measure: string
      readonly state: string | null
      readonly was: string | null
      readonly isByAim: boolean
      readonly direction: 'better' | 'same' | 'worse' | null
      /** Said where it goes another way than in the last digest although its reading is the same. */
      readonly directionWas: 'better' | 'same' | 'worse' | null
    }
  /** `was`: in the digest before, where it got worse; null where it did not. */
  | {
      readonly says: 'dimension'
      readonly project: string
      readonly dimension: DimensionKey
      readonly state: string
      readonly was: string | null
    }
  /** Of a milestone, by its number in its project. */
  | {
      readonly says: 'due'
      readonly project: string
      readonly number: number
      readonly due: CivilDate
    }
  | {
      readonly says: 'overdue'
      readonly project: string
      readonly number: number
      readonly days: number
    }
  /** `onDay`: since when; null of one that is live where no record says. */
  | {
      readonly says: 'life'
      readonly project: string
      readonly state: 'pipeline' | 'on hold' | 'closed' | 'live'
      readonly onDay: CivilDate | null
    }
  | { readonly says: 'weekday'; readonly weekday: string; readonly day: CivilDate }
  /** How many projects of a state are not listed, of all that the digest has in that state. */
  | {
      readonly says: 'not listed'
      readonly state: string
      readonly count: number
      readonly listed: readonly string[]
    }

/** A statement and the sentence that makes it, for people who look into it. */
export type Claim = Statement & { readonly sentence: string }

/** A claim of one kind or of several. */
export type ClaimOf<Says extends Claim['says']> = Extract<Claim, { readonly says: Says }>

/** A sentence of a digest that does not follow from the data. */
export interface Finding {
  readonly sentence: string
  /** Why not, in a sentence. */
  readonly because: string
}
