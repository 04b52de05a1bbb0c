import { fullDate } from '../../../base/dates.ts'
import { readPaperRows } from '../../../base/papers/read-paper-rows.ts'
import { plural } from '../../../base/text.ts'
import { programmeArgs } from '../../../chat/args.ts'
import { defineQuery, optionalText } from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { parseAsAtDate } from '../../../domain/deadlines/date-args.ts'
import { comparePaper, type PaperComparison } from '../../../domain/papers/compare-paper.ts'
import { findProgramme, requirePersonId } from '../../../domain/plan/lookup.ts'
import { loadReportedPlan } from '../reported-plan.ts'

/** An old paper that somebody sends is held against the plan. Nothing of it is kept. */
export const paperCompare = defineQuery({
  name: 'paper-compare',
  usages: ['paper compare [on <date>] [for <programme>]'],
  slots: { date: slot.date, programme: slot.word },
  examples: ['paper compare', 'paper compare on 3 Mar for W17'],
  authority: ['read plan'],
  summary:
    'Send me an old paper (.docx, .pdf, .xlsx or .csv) with this line, in our direct message: what it says otherwise than the plan, and promises that the plan does not have. Nothing of it is kept.',
  readsFiles: async ({ actor }) => {
    requirePersonId(actor)
  },
  args: programmeArgs.extend({ date: optionalText }),
  run: async ({ tx, actor, today, files, prefix }, { date, programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    const asAt = parseAsAtDate(date, today)
    const [file] = files
    if (!file) {
      const lines = [
        `Send the paper to me in a direct message, and write beside it: ${prefix} paper compare on 3 Mar, with the day that it speaks for. I hold it against the plan of ${programme.title}.`,
      ]
      return { card: noticeCard({ heading: 'Send me the paper', lines, buttons: [] }) }
    }
    const rows = await readPaperRows(await file.read(), file.name)
    const plan = await loadReportedPlan(tx, { programme, today, asAt })
    return {
      card: noticeCard({
        heading: `${file.name} and ${programme.key} as at ${fullDate(asAt)}`,
        lines: comparisonLines(comparePaper(rows, plan, asAt), maxShown),
        buttons: [],
      }),
    }
  },
})

/** Of each part: a card is read, not scrolled. */
const maxShown = 12

/** @param most how many of each part are listed; left out: all */
export function comparisonLines(
  { differing, notInPlan, unmatched, agreeing }: PaperComparison,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const part = (heading: string, texts: readonly string[]) => {
    if (texts.length === 0) return [`${heading}: none.`]
    const more = texts.length - most
    const left = more > 0 ? [`${plural(more, 'more line')} not listed.`] : []
    return [`${heading}:`, ...texts.slice(0, most).map((one) => `• ${one}`), ...left]
  }
  return [
    ...part('Differs', differing),
    ...part('Promised, and not in the plan', notInPlan),
    ...part('Could not be matched', unmatched),
    `${plural(agreeing, 'rating or day', 'ratings and days')} as the plan has them.`,
  ]
}
