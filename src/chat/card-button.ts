import { z } from 'zod'

/** A button as the data of cards holds it: the command that it calls ("<name>:form" opens its form), and what it names. */
export const cardButton = z.object({
  title: z.string(),
  verb: z.string(),
  style: z.enum(['positive', 'default']),
  data: z.record(z.string(), z.string()),
})
export type CardButton = z.infer<typeof cardButton>

/** The likeliest answer of a row is its `positive` one. */
export function buttonTo(
  title: string,
  verb: string,
  data: CardButton['data'],
  style: CardButton['style'] = 'default',
): CardButton {
  return { title, verb, style, data }
}
