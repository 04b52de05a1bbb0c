import type { Place } from '../../base/addresses.ts'
import type { CivilDate } from '../../base/dates.ts'
import type { ProjectRef } from '../plan/plan.ts'

/** A question to the leads of a project, with its answer once there is one. */
export interface Question {
  readonly id: string
  readonly programmeId: string
  /** Counts from 1 within the programme and is never reused: "reply 3 …". */
  readonly number: number
  readonly project: ProjectRef
  readonly text: string
  readonly askedById: string | null
  /** The day it was asked. */
  readonly onDay: CivilDate
  /** Where it was asked. */
  readonly place: Place
  /** The id of our message from which it was asked: the answer goes in its thread. Null where it was typed elsewhere. */
  readonly message: string | null
  /** Null until somebody answers. */
  readonly answer: QuestionAnswer | null
}

export interface QuestionAnswer {
  readonly text: string
  readonly byId: string | null
  /** The lead for whom a deputy answered. */
  readonly onBehalfOfId: string | null
  readonly onDay: CivilDate
}
