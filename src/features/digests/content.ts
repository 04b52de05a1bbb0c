import { z } from 'zod'
import { type CivilDate, isCivilDate } from '../../base/dates.ts'
import { audiences, type Plan } from '../plan/plan.ts'
import type { Entry } from '../register/entry.ts'
import { schemeTold } from './scheme-told.ts'

/**
 * What a digest says, as plain data: worked out once, frozen when it is posted, and read again a week later to
 * tell what moved since. Texts are whole here; fit.ts makes them fit.
 */
const day = z.string().refine(isCivilDate)

const project = z.object({ id: z.string(), ref: z.string(), title: z.string() })

const count = z.object({
  state: z.string(),
  label: z.string(),
  shape: z.string(),
  count: z.number(),
  /** Last time's; null where there was no last time. */
  was: z.number().nullable(),
})

/** Keys of states: what they are called is the scheme's. */
const moved = project.extend({ from: z.string(), to: z.string(), reason: z.string().nullable() })

const statement = project.extend({
  reason: z.string().nullable(),
  greenBy: day.nullable(),
  path: z.string().nullable(),
  /** The day the statement speaks for. */
  onDay: day,
  /** "▲ Amber said on Fri 3 Mar 2017 awaits confirmation"; null where nothing does. */
  awaited: z.string().nullable().default(null),
})

const milestone = project.extend({
  milestoneId: z.string(),
  number: z.number(),
  about: z.string(),
  due: day.nullable(),
  /** "was Fri 30 Jun 2017, moved twice"; null where it was never moved. */
  slippage: z.string().nullable(),
  /** "At risk: the writer is ill", or that its completion awaits a second person; null where neither. */
  remark: z.string().nullable().default(null),
})

/** An entry of the register. `isNew`: the last digest did not know it. */
const registerItem = z.object({
  entryId: z.string(),
  number: z.number(),
  text: z.string(),
  /** Null: it concerns the whole programme. */
  project: project.nullable(),
  isNew: z.boolean(),
})

/** What it went out as. */
const issue = z.object({
  /** Counts from 1 within the programme. */
  number: z.number(),
  /** The period of its data; `asAt` is the day its RAG speaks for. */
  from: day,
  to: day,
  /** The moment it was issued, UTC, and the zone in which that is told. */
  at: z.iso.datetime(),
  zone: z.string(),
  /** The meeting it is for; null where none is known. */
  meetingOn: day.nullable(),
})
export type Issue = z.infer<typeof issue>

export const digestContent = z.object({
  /** Null for a preview, and where it went out before digests had numbers. */
  issue: issue.nullable().default(null),
  /** Whom it is for: what is for fewer people is not in it. */
  audience: z.enum(audiences).default('board'),
  /** The part of the programme that it tells of, in words; null: the whole. */
  scope: z.string().nullable().default(null),
  /** The headline as the programme office wrote it; null: none but the one that is worked out. */
  officeHeadline: z.string().nullable().default(null),
  programme: z.object({ id: z.string(), key: z.string(), title: z.string() }),
  asAt: day,
  scheme: schemeTold,
  /** The as-at day of the digest it is compared with; null for the first one. */
  previousAsAt: day.nullable(),
  /** Worst first, what is not rated last. */
  counts: z.array(count),
  worse: z.array(moved),
  better: z.array(moved),
  /** What asks for a reason, one group for each state, worst first: Reds, then Ambers. */
  attention: z.array(z.object({ state: z.string(), entries: z.array(statement) })),
  finished: z.array(milestone.extend({ doneOn: day })),
  /** `isNew`: the last digest did not have it among the missed. */
  missed: z.array(milestone.extend({ isNew: z.boolean() })),
  /** Flagged by their owners, and due later than what is in `due`. */
  atRisk: z.array(milestone).default([]),
  /** Due within 14 days, up to `dueUntil`. */
  due: z.array(milestone),
  dueUntil: day,
  moved: z.array(milestone.extend({ from: day.nullable(), reason: z.string() })),
  // Digests that were frozen before there was a register have none of the following four.
  /** All that are needed, by the day they are needed. */
  decisions: z
    .array(registerItem.extend({ askedOf: z.string().nullable(), neededBy: day.nullable() }))
    .default([]),
  /** Open ones in the worst state, and new ones; worst first. */
  risks: z
    .array(registerItem.extend({ state: z.string(), mitigation: z.string().nullable() }))
    .default([]),
  /** Projects that wait for one in the worst state or with missed milestones. */
  dependencies: z
    .array(registerItem.extend({ waitsFor: project, state: z.string(), missed: z.number() }))
    .default([]),
  /** Since the last digest, newest first. */
  headlines: z.array(registerItem).default([]),
  notUpdated: z.object({
    count: z.number(),
    of: z.number(),
    since: day,
    /** Names of their leads; null where the programme does not name people. */
    names: z.array(z.string()).nullable(),
  }),
  /** Projects that came, went, or were rated for the first time, in sentences. */
  notes: z.array(z.string()),
  /** What is not listed, in sentences. */
  leftOut: z.array(z.string()),
  /** How everything stood, for the next digest to compare with. */
  snapshot: z.object({
    projects: z.array(z.object({ id: z.string(), state: z.string() })),
    milestones: z.array(z.object({ id: z.string(), due: day.nullable(), isDone: z.boolean() })),
    /** Ids of the entries it knew; null where it was frozen before there was a register. */
    register: z.array(z.string()).nullable().default(null),
  }),
})

export type DigestContent = z.infer<typeof digestContent>

/** What a digest is before it goes out: whole, for the board, and without a number. */
export const unissued = {
  issue: null,
  audience: 'board',
  scope: null,
  officeHeadline: null,
} satisfies Partial<DigestContent>

export type Statement = z.infer<typeof statement>
export type MovedProject = z.infer<typeof moved>
export type MilestoneEntry = z.infer<typeof milestone>
export type RegisterItem = z.infer<typeof registerItem>

/** What a digest is made of. */
export interface DigestAsked {
  /** As at the day that the digest speaks for. */
  readonly plan: Plan
  /** All that was ever entered in the programme's register. */
  readonly register: readonly Entry[]
  /** The digest before it; null for the first one. */
  readonly previous: DigestContent | null
  /** The day since which an update was due. */
  readonly since: CivilDate
}
