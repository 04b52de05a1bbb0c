import { z } from 'zod'
import { defineCard } from '../../../chat/cards.ts'

const action = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})

const entry = z.object({
  title: z.string(),
  /** Its state and history; in the first message whose it is, and one clause. */
  beside: z.string(),
  lines: z.array(z.string()),
  /** What can be done about it, where that is asked. */
  actions: z.array(action).optional(),
})

const section = z.object({ heading: z.string(), entries: z.array(entry) })

/** The digest itself. Texts that may be absent are ''. */
export const digestCard = defineCard(
  'digest',
  z.object({
    heading: z.string(),
    /** The whole in a sentence, for notifications; our own words. */
    summary: z.string(),
    programme: z.string(),
    /** The part of the programme it is about. */
    scope: z.string(),
    /** Its number and its dates; our own words. */
    issue: z.string(),
    /** Added after it was posted: that it was corrected, that things changed. */
    remarks: z.array(z.string()),
    /** By the programme office, above the composed headline. */
    officeHeadline: z.string(),
    /** The programme's state and its history; our own words. */
    overall: z.string(),
    /** Where a second person set that colour: what it rolls up to, by whom and why. */
    override: z.string(),
    counts: z.array(z.object({ text: z.string(), color: z.string() })),
    /** What changed and no list below tells. */
    headline: z.string(),
    /** How many projects were updated; our own words. */
    coverage: z.string(),
    sections: z.array(section),
    /** Lists that are told on one line each. */
    oneLiners: z.array(
      z.object({
        heading: z.string(),
        /** Titles are bolder. */
        runs: z.array(z.object({ text: z.string(), weight: z.enum(['Bolder', 'Default']) })),
      }),
    ),
    /** Our own words: what follows in the thread, what is not listed. */
    footer: z.array(z.string()),
    /** What readers can do from here; absent where they only read. */
    actions: z.array(action).optional(),
  }),
  {
    ownText: [
      'heading',
      'summary',
      'issue',
      'overall',
      'counts.text',
      'counts.color',
      'headline',
      'coverage',
      'sections.heading',
      'sections.entries.actions.title',
      'oneLiners.heading',
      'oneLiners.runs.weight',
      'footer',
      'actions.title',
    ],
  },
)

/** What follows in its thread. */
export const digestPartCard = defineCard(
  'digest-part',
  z.object({
    heading: z.string(),
    summary: z.string(),
    /** The picture that comes with the first of them, by its id, and the same in words. */
    picture: z.object({ id: z.string(), alt: z.string() }).optional(),
    groups: z.array(
      z.object({
        /** The workstream, and its state; '' for what concerns the programme. */
        about: z.string(),
        standing: z.string(),
        sections: z.array(section),
      }),
    ),
    /** What else belongs to the digest: its dates, what the first message shortens, what is not listed. */
    notes: z.array(z.string()),
  }),
  { ownText: ['heading', 'groups.sections.heading'] },
)
export type DigestSection = z.infer<typeof section>
