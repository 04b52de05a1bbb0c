import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

/** Where a programme stands: its colour, its workstreams, what needs a look. Texts that may be absent are ''. */
export const programmeCard = defineCard(
  'programme',
  z.object({
    heading: z.string(),
    programme: z.string(),
    /** Word and shape, with the override where there is one. */
    colour: z.string(),
    counts: z.string(),
    policy: z.string(),
    workstreams: z.array(z.object({ title: z.string(), colour: z.string(), counts: z.string() })),
    sections: z.array(
      z.object({ heading: z.string(), lines: z.array(z.string()), more: z.string() }),
    ),
    footer: z.string(),
  }),
  { ownText: ['heading', 'policy', 'sections.heading', 'sections.more', 'footer'] },
)
