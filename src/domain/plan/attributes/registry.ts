import { collectAttributes } from './attribute.ts'
import { benefits } from './benefits.ts'
import { moneyAttributes } from './money.ts'
import { start } from './start.ts'

/** Every attribute of a project, in the order in which they are shown and exported. */
export const planAttributes = collectAttributes([start, ...moneyAttributes, benefits])
