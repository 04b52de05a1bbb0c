import { z } from 'zod'
import { defineSetting } from './setting.ts'

/** Who reads something, from the narrowest to the widest: what is for one is not shown to a wider one. */
export const audiences = ['internal', 'board', 'public'] as const
export type Audience = (typeof audiences)[number]

/** Whether text that is for `meantFor` may be shown to `reader`. */
export function mayRead(reader: Audience, meantFor: Audience): boolean {
  return audiences.indexOf(meantFor) >= audiences.indexOf(reader)
}

/**
 * For whom commentary is that nobody marked, and what cannot be marked: reasons of milestones and of overrides. A
 * board's channel is what a programme has first, so the board is what people write for.
 */
export const commentaryAudienceSetting = defineSetting({
  key: 'commentaryFor',
  schema: z.enum(audiences).default('board'),
})
