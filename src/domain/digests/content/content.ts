import { z } from 'zod'
import { civilDay } from '../../../base/civil-day.ts'
import { audiences } from '../../programme/audience.ts'
import { schemeSnapshot } from '../../scheme/scheme-snapshot.ts'
import { commentary } from '../withheld.ts'
import { dimensionEntry, dimensionSnapshot } from './dimension-entries.ts'
import { lifeChange, restingProject } from './life-entries.ts'
import { measureEntry, measureSnapshot } from './measure-entries.ts'
import { project } from './project-entry.ts'
import { ragHistory } from './rag-history.ts'
import { heldUpDependency, neededDecision, ratedItem, registerItem } from './register-entries.ts'

/**
 * What a digest says, as plain data: composed once, frozen when it is posted, and read again a week later to find what
 * has moved since. Texts are whole here; rendering shortens and paginates them.
 */

const stateCount = z.object({
  state: z.string(),
  label: z.string(),
  shape: z.string(),
  count: z.number(),
  /** The count of the last digest; null where there was none. */
  was: z.number().nullable(),
})

/** What the lead said about a project: why it is in its state, and when and how it gets back to Green. */
const projectCommentary = project.extend({
  reason: commentary.nullable(),
  greenBy: civilDay.nullable().default(null),
  path: commentary.nullable().default(null),
  /** "▲ Amber said on Fri 3 Mar 2017 awaits confirmation"; null where nothing does. */
  awaited: z.string().nullable().default(null),
})

/** `from` and `to` are keys of states; the scheme has their labels. */
const movedProject = projectCommentary.extend({
  ...{ from: z.string(), to: z.string() },
  /** Nobody said it: its milestones are rated so. */
  isByMilestones: z.boolean().default(false),
})

/** `onDay`: the day the statement speaks for; null where nobody said it and its milestones are rated so. */
const statement = projectCommentary.extend({ onDay: civilDay.nullable() })

/** A project without an update for weeks. `isNew`: the last digest did not have it yet. */
const quietProject = project.extend({ onDay: civilDay, isNew: z.boolean() })

/** Other remarks about a project: a second rating that differs, a check that nobody answered. */
const projectRemarks = project.extend({ lines: z.array(z.string()) })

const workstream = z.object({
  id: z.string(),
  ref: z.string(),
  title: z.string(),
  /** How many of its projects have each state: all states of the scale, worst first, and others that occur. */
  counts: z.array(z.object({ state: z.string(), count: z.number() })),
  /** Where a second person confirmed a colour set by hand: what it rolls up to, by whom and why; null elsewhere. */
  override: z.string().nullable().default(null),
})

const milestone = project.extend({
  milestoneId: z.string(),
  number: z.number(),
  about: z.string(),
  due: civilDay.nullable(),
  /** "was Fri 30 Jun 2017, moved twice"; null where it was never moved. */
  slippage: z.string().nullable(),
  /** "At risk: the writer is ill", or that its completion awaits a second person; null where neither. */
  remark: z.string().nullable().default(null),
})

/**
 * What is not listed: "9 Greens unchanged", and the command that shows it ("due 60"); '' where there is none.
 * The first digests were frozen with a sentence instead.
 */
const omission = z.preprocess(
  (frozen) =>
    typeof frozen === 'string' ? { what: frozen.replace(/ (is|are) not listed\.$/, '') } : frozen,
  z.object({ what: z.string(), see: z.string().default('') }),
)

/** How a digest was issued. */
const issue = z.object({
  /** Counts from 1 within the programme. */
  number: z.number(),
  /** The period of its data; `asAt` is the day its RAG speaks for. */
  from: civilDay,
  to: civilDay,
  /** The moment it was issued, UTC, and the zone in which it is shown. */
  at: z.iso.datetime(),
  zone: z.string(),
  /** The meeting it is for; null where none is known. */
  meetingOn: civilDay.nullable(),
})
export type Issue = z.infer<typeof issue>

export const digestContent = z.object({
  /** Null for a preview, and where it went out before digests had numbers. */
  issue: issue.nullable().default(null),
  /** Who reads it: what is for fewer people is not in it. */
  audience: z.enum(audiences).default('board'),
  /** The part of the programme that it is about, in words; null: the whole. */
  scope: z.string().nullable().default(null),
  /** A headline by the programme office, above the composed one; null where there is none. */
  officeHeadline: z.string().nullable().default(null),
  programme: z.object({ id: z.string(), key: z.string(), title: z.string() }),
  asAt: civilDay,
  scheme: schemeSnapshot,
  /** A digest, or the plan as its first sheet left it, which a first digest is compared with and nobody was sent. */
  basis: z.enum(['digest', 'import']).default('digest'),
  /** The as-at day of what it is compared with; null for a first one that has nothing to compare with. */
  previousAsAt: civilDay.nullable(),
  /** What that is. */
  previousBasis: z.enum(['digest', 'import']).default('digest'),
  /** Worst first, what is not rated last. */
  counts: z.array(stateCount),
  worse: z.array(movedProject),
  better: z.array(movedProject),
  /** The names of those who answer for each project, by its id; null where they are not named. */
  owners: z.record(z.string(), z.array(z.string())).nullable().default(null),
  /** Projects that stay in a state that needs a reason, one group for each state, worst first: Reds, then Ambers. */
  attention: z.array(z.object({ state: z.string(), entries: z.array(statement) })),
  // Digests that were frozen before these were kept have none of the following three.
  /** In such a state now, and neither worse nor still in it: rated for the first time or again, new, by another rule. */
  newlyRated: z.array(statement.extend({ state: z.string() })).default([]),
  /** Not rated now, and in a state that needs a reason, or rated in the last digest, before that. */
  noLongerRated: z.array(statement.extend({ state: z.string() })).default([]),
  /** Set aside since the last digest, and then live again; absent in earlier digests. */
  lifeChanges: z.array(lifeChange).default([]),
  /** What changed besides, as parts of a sentence: '2 projects were rated for the first time (2 Reds)'. */
  otherChanges: z.array(z.string()).default([]),
  finished: z.array(
    milestone.extend({
      doneOn: civilDay,
      /** A sheet says that it is done, and not when: by `doneOn` at the latest. */
      isDayUnknown: z.boolean().optional(),
    }),
  ),
  /** Overdue milestones. `isNew`: it was not overdue in the last digest. */
  missed: z.array(milestone.extend({ isNew: z.boolean() })),
  /** Flagged by their owners, and due later than what is in `due`. */
  atRisk: z.array(milestone).default([]),
  /** Due within 14 days, up to `dueUntil`. */
  due: z.array(milestone),
  dueUntil: civilDay,
  moved: z.array(milestone.extend({ from: civilDay.nullable(), reason: commentary })),
  // Digests that were frozen before there was a register have none of the following four.
  /** All that are needed, by the day they are needed. */
  decisions: z.array(neededDecision).default([]),
  /** What was decided since the last digest, by the day it was; absent in earlier digests. */
  decided: z.array(registerItem.extend({ outcome: z.string(), onDay: civilDay })).default([]),
  /** Overdue or new actions, by the day they are due. `owner`: null where owners are not named. */
  actions: z
    .array(registerItem.extend({ neededBy: civilDay.nullable(), owner: z.string().nullable() }))
    .default([]),
  /** Open issues in the worst state, new ones and those rated anew; worst first. */
  issues: z.array(ratedItem).default([]),
  /** Open ones in the worst state, and new ones; worst first. */
  risks: z.array(ratedItem.extend({ mitigation: z.string().nullable() })).default([]),
  /** Projects that wait for one in the worst state, with missed milestones, or at rest. */
  dependencies: z.array(heldUpDependency).default([]),
  // Digests that were frozen before they told of measures have none.
  measures: z.array(measureEntry).default([]),
  /** Ids of the measures that are not Green and did not get better. */
  notMoving: z.array(z.string()).default([]),
  // Digests that were frozen before they told of dimensions have none.
  /** In the order of the plan. */
  dimensions: z.array(dimensionEntry).default([]),
  /** Since the last digest, newest first. */
  headlines: z.array(registerItem).default([]),
  notUpdated: z.object({
    count: z.number(),
    of: z.number(),
    since: civilDay,
    /** The update round that is counted, by the day it serves; null: what was said since that day is. */
    round: civilDay.nullable().default(null),
    /** Projects that were updated after that round had closed, and not in it. */
    later: z.number().default(0),
    /** Projects of which no update counts, and of which somebody rated milestones instead. */
    byMilestones: z.number().default(0),
    /** Names of their leads; null where the programme does not name people. */
    names: z.array(z.string()).nullable(),
  }),
  /** Without an update for three weeks, new ones first, then by age. */
  quiet: z.array(quietProject).default([]),
  beside: z.array(projectRemarks).default([]),
  /** Where a second person set the programme's colour: what it rolls up to, by whom and why; null elsewhere. */
  override: z.string().nullable().default(null),
  workstreams: z.array(workstream).default([]),
  /** Ratings that a second person sees otherwise and, in earlier digests, projects that came or went, in sentences. */
  notes: z.array(z.string()),
  leftOut: z.array(omission),
  /** The state of everything and its history, for the lines of this digest and for the next one to compare with. */
  snapshot: z.object({
    // Digests that were frozen before they told of workstreams and the programme have none of the three.
    programme: ragHistory.nullable().default(null),
    workstreams: z.array(ragHistory.extend({ id: z.string() })).default([]),
    projects: z.array(
      ragHistory.extend({
        id: z.string(),
        /** Its number; null in digests that were frozen before this was kept. */
        ref: z.string().nullable().default(null),
        workstreamId: z.string().nullable().default(null),
      }),
    ),
    milestones: z.array(
      z.object({
        id: z.string(),
        due: civilDay.nullable(),
        isDone: z.boolean(),
        /** Its owner said that it is at risk; false in digests that were frozen before this was kept. */
        isFlagged: z.boolean().default(false),
      }),
    ),
    /** The projects that were in the pipeline, on hold or closed. */
    setAside: z.array(restingProject).default([]),
    measures: z.array(measureSnapshot).default([]),
    dimensions: z.array(dimensionSnapshot).default([]),
    /** Ids of the entries it knew; null where it was frozen before there was a register. */
    register: z.array(z.string()).nullable().default(null),
    /** The states of its open risks and issues, by their ids; empty where it was frozen before these were kept. */
    entryStates: z.record(z.string(), z.string()).default({}),
  }),
})

export type DigestContent = z.infer<typeof digestContent>

/** Whether no digest went before it: what it tells is a state, and not news. */
export function isFirstDigest({
  previousAsAt,
  previousBasis,
}: Pick<DigestContent, 'previousAsAt' | 'previousBasis'>): boolean {
  return previousAsAt === null || previousBasis === 'import'
}

/** What a digest is before it goes out: of the whole programme, and without a number. */
export const previewDefaults = {
  issue: null,
  basis: 'digest',
  scope: null,
  officeHeadline: null,
} satisfies Partial<DigestContent>

export type Statement = z.infer<typeof statement>
export type MovedProject = z.infer<typeof movedProject>
export type ProjectCommentary = z.infer<typeof projectCommentary>
export type QuietProject = z.infer<typeof quietProject>
export type Omission = z.infer<typeof omission>
export type WorkstreamCounts = z.infer<typeof workstream>
export type MilestoneEntry = z.infer<typeof milestone>
