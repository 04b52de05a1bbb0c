import { plural, shorten } from '../../base/text.ts'
import type { HomeRow, HomeSection } from './cards.ts'

/** A section before it is known how many of its rows there is room for. */
export interface SectionDraft extends Omit<HomeSection, 'more'> {
  readonly rows: HomeRow[]
  /** What a row is called where some are left out: "project". */
  readonly noun: string
  /** Where the rest can be read: "/rag due"; '' where nowhere else. */
  readonly rest: string
  /** How many rows it may have while others need room, too. */
  readonly share: number
}

/** The room of a page for rows: a message holds 50 blocks in Slack, and 28 KB in Teams; a Home tab holds 100 blocks. */
export const pageSizes = {
  message: { rows: 10, shares: 1, textLength: 300, bytes: 17_000 },
  tab: { rows: 28, shares: 3, textLength: 500, bytes: 100_000 },
} as const
export type PageSize = keyof typeof pageSizes

/** The sections with as many rows as there is room for, in their order; what was left out is counted. */
export function fitSections(drafts: readonly SectionDraft[], size: PageSize): HomeSection[] {
  const { rows: room, shares, textLength, bytes } = pageSizes[size]
  let rowsLeft: number = room
  let bytesLeft: number = bytes
  return drafts.map(({ noun, rest, share, rows, ...section }) => {
    const shown: HomeRow[] = []
    for (const row of rows) {
      const cut = { ...row, text: shorten(row.text, textLength) }
      const size = Buffer.byteLength(JSON.stringify(cut)) * 2
      if (shown.length === share * shares || rowsLeft === 0 || bytesLeft < size) break
      shown.push(cut)
      rowsLeft -= 1
      bytesLeft -= size
    }
    const hidden = rows.length - shown.length
    const where = rest === '' ? '' : ` Type ${rest}.`
    const more = hidden > 0 ? `${plural(hidden, `more ${noun}`)} not listed.${where}` : ''
    return { ...section, rows: shown, more }
  })
}
