import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})
export type LedgerButton = z.infer<typeof button>

/** What became of messages that Milepost sent by itself: to whom and why, never what they say. */
export const ledgerCard = defineCard(
  'ledger',
  z.object({
    heading: z.string(),
    intro: z.string(),
    rows: z.array(
      z.object({ title: z.string(), lines: z.array(z.string()), buttons: z.array(button) }),
    ),
    more: z.string(),
  }),
)
