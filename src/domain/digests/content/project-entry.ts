import { z } from 'zod'

/** A project as a digest names it. */
export const project = z.object({ id: z.string(), ref: z.string(), title: z.string() })
