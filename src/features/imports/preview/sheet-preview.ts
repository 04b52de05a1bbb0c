import { createHash } from 'node:crypto'
import { shorten } from '../../../base/text.ts'
import type { PreviewButton, PreviewSection } from '../cards.ts'

/** What a sheet was understood as and what it would change. */
export interface SheetPreview {
  readonly intro: readonly string[]
  readonly sections: readonly PreviewSection[]
  /** What an import would change, a line each: an import of anything else is not what the person saw. */
  readonly effects: readonly string[]
  /** Why it cannot be imported as it is; empty where it can. */
  readonly obstacle: string
  /** Rows with problems, which a person may leave out. */
  readonly problemRows: readonly number[]
  /** There are problems of no row that could be left out: whoever imports it accepts them. */
  readonly asksAcceptance?: boolean
  /** Ways to correct how it was read. */
  readonly corrections: readonly PreviewButton[]
}

/** Of what an import would change. */
export function fingerprintOf({ effects }: Pick<SheetPreview, 'effects'>): string {
  return createHash('sha256').update(effects.join('\n')).digest('hex').slice(0, 16)
}

export interface EffectChanges {
  readonly appeared: readonly string[]
  readonly gone: readonly string[]
}

/** What an import would change now, compared with what a preview said. */
export function compareEffects(
  shown: readonly string[],
  effects: readonly string[],
): EffectChanges {
  return {
    appeared: effects.filter((line) => !shown.includes(line)),
    gone: shown.filter((line) => !effects.includes(line)),
  }
}

/** In characters. A cell may hold a page. */
const maxLineLength = 320
/** Of all lines: below Slack's limit of a message (12,500), with room for headings and the rest of the card. */
const maxCharacters = 9_500
const leastLines = 2

/** A section of lines, of which it shows `most`. */
export interface FullSection extends PreviewSection {
  readonly most: number
}

/** The sections as far as a message holds them; each says how many lines it leaves out. Empty ones are left out. */
export function fitSections(sections: readonly FullSection[]): PreviewSection[] {
  const filled = sections.filter(({ lines }) => lines.length > 0)
  const shown = (limits: readonly number[]) =>
    filled.map((section, at) => cutSection(section, limits[at] ?? 0))
  const limits = fitLimits(filled, maxCharacters, (tried) =>
    shown(tried).map(({ lines }) => charactersIn(lines)),
  )
  return shown(limits)
}

/** How many lines each section shows, so that all fit: the largest are cut first, and each keeps its first lines. */
export function fitLimits(
  sections: readonly { readonly lines: readonly unknown[]; readonly most: number }[],
  room: number,
  sizesOf: (limits: readonly number[]) => number[],
): number[] {
  const limits = sections.map(({ most, lines }) => Math.min(most, lines.length))
  for (;;) {
    const sizes = sizesOf(limits)
    if (sizes.reduce((sum, size) => sum + size, 0) <= room) return limits
    const [longest] = [...sizes.keys()]
      .filter((at) => (limits[at] ?? 0) > leastLines)
      .toSorted((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0))
    if (longest === undefined) return limits
    limits[longest] = (limits[longest] ?? 0) - 1
  }
}

function cutSection({ heading, lines }: FullSection, most: number): PreviewSection {
  const kept = lines.slice(0, most).map(({ title, text }) => ({
    title: shorten(title, maxLineLength),
    text: shorten(text, maxLineLength),
  }))
  const left = lines.length - kept.length
  return { heading, lines: left > 0 ? [...kept, plainLine(`and ${left} more`)] : kept }
}

const charactersIn = (lines: PreviewSection['lines']) =>
  lines.reduce((sum, { title, text }) => sum + title.length + text.length, 0)

export const plainLine = (text: string) => ({ title: '', text })
