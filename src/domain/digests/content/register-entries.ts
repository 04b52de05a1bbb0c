import { z } from 'zod'
import { civilDay } from '../../../base/civil-day.ts'
import { project } from './project-entry.ts'

/** An entry of the register. `isNew`: the last digest did not know it. */
export const registerItem = z.object({
  entryId: z.string(),
  number: z.number(),
  text: z.string(),
  /** Null: it concerns the whole programme. */
  project: project.nullable(),
  isNew: z.boolean(),
})
export type RegisterItem = z.infer<typeof registerItem>

export const neededDecision = registerItem.extend({
  askedOf: z.string().nullable(),
  neededBy: civilDay.nullable(),
  /** That it was decided and opened again; null where it never was. */
  reopened: z.string().nullable().default(null),
  /** It is asked of another board than the one that reads this. */
  isOfOthers: z.boolean().default(false),
})

/** An issue or a risk. */
export const ratedItem = registerItem.extend({
  state: z.string(),
  /** "was Amber until Fri 3 Mar 2017"; null where its rating is what it was in the last digest. */
  rerated: z.string().nullable().default(null),
})

export const heldUpDependency = registerItem.extend({
  waitsFor: project,
  state: z.string(),
  missed: z.number(),
  /** Its milestones that moved later since the last digest: "milestone 3 to Fri 30 Jun 2017, was …". */
  slipped: z.array(z.string()).default([]),
  /** Since when that project rests, and how: "on hold since Fri 3 Mar 2017"; null where it is live. */
  resting: z.string().nullable().default(null),
})
