import { z } from 'zod'
import { isCivilDate } from './dates.ts'

/** A civil date ('YYYY-MM-DD') in stored data. */
export const civilDay = z.string().refine(isCivilDate)
