import { z } from 'zod'
import { count } from './arguments.ts'

/** The arguments of a method that lists. Slack's cursors are opaque; ours are the place of the next page. */
export const pageArguments = { limit: count.default(100), cursor: z.string().default('') }

/** One page of the members of a workspace or a conversation. */
export function membersPage<Member>(
  all: readonly Member[],
  { limit, cursor }: { readonly limit: number; readonly cursor: string },
) {
  const start = Number(cursor) || 0
  const end = start + limit
  return {
    members: all.slice(start, end),
    response_metadata: { next_cursor: end < all.length ? String(end) : '' },
  }
}
