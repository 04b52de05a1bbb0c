import { z } from 'zod'

/** A button of a card's data: a title, the command that it calls, and what it names to it. */
export const buttonSchema = z.looseObject({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type Button = z.infer<typeof buttonSchema>

export function buttonsIn(value: unknown): Button[] {
  if (typeof value !== 'object' || value === null) return []
  const button = buttonSchema.safeParse(value)
  return button.success ? [button.data] : Object.values(value).flatMap(buttonsIn)
}

/** The data with each button replaced. */
export function mapButtons(value: unknown, replace: (button: Button) => Button): unknown {
  if (typeof value !== 'object' || value === null) return value
  const button = buttonSchema.safeParse(value)
  if (button.success) return replace(button.data)
  if (Array.isArray(value)) return value.map((each) => mapButtons(each, replace))
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, mapButtons(each, replace)]),
  )
}
