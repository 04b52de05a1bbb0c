import { z } from 'zod'
import { defineCard } from '../../../chat/cards.ts'

const section = z.object({
  heading: z.string(),
  entries: z.array(
    z.object({
      title: z.string(),
      /** Its state and history. */
      beside: z.string(),
      lines: z.array(z.string()),
    }),
  ),
})

/** The digest itself. Texts that may be absent are ''. */
export const digestCard = defineCard(
  'digest',
  z.object({
    heading: z.string(),
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
    headline: z.string(),
    /** How many projects were updated; our own words. */
    coverage: z.string(),
    decision: z.string(),
    sections: z.array(section),
    /** The picture that comes with it, by its id, and the same in words. */
    picture: z.object({ id: z.string(), alt: z.string() }).optional(),
    /** Our own words: what follows in the thread, what is not listed. */
    footer: z.array(z.string()),
    /** Names of leads who have not updated, where the programme shows them. */
    names: z.string(),
    /** What readers can do from here; absent where they only read. */
    actions: z
      .array(
        z.object({ title: z.string(), verb: z.string(), data: z.record(z.string(), z.string()) }),
      )
      .optional(),
  }),
  {
    ownText: [
      'heading',
      'issue',
      'overall',
      'counts.text',
      'counts.color',
      'headline',
      'coverage',
      'sections.heading',
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
    /** The workstream, and its state. */
    about: z.string(),
    standing: z.string(),
    sections: z.array(section),
  }),
  { ownText: ['heading', 'sections.heading'] },
)
export type DigestSection = z.infer<typeof section>
