import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})
export type LedgerButton = z.infer<typeof button>

const row = z.object({ title: z.string(), lines: z.array(z.string()), buttons: z.array(button) })
export type LedgerRow = z.infer<typeof row>

/** Messages that Milepost sent on its own initiative: to whom, why and what became of them, never what they say. */
export const ledgerCard = defineCard(
  'ledger',
  z.object({
    heading: z.string(),
    intro: z.string(),
    rows: z.array(row),
    more: z.string(),
  }),
  { ownText: ['heading', 'intro', 'rows.buttons.title', 'more'] },
)
