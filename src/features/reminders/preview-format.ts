import { fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import type { describePreview } from './describe-preview.ts'

type Preview = ReturnType<typeof describePreview>

/** A preview as text, day by day, for a person at a terminal. */
export function formatPreview({ programme, from, to, messages, totals }: Preview): string {
  const heading = `${programme.title} (${programme.key}), ${fullDate(from)} to ${fullDate(to)}`
  const lines = messages.map(({ on, localTime, zone, to: who, items }) =>
    [
      `${fullDate(on)}, ${localTime} ${zone}, to ${who.name}${who.post ? `, ${who.post}` : ''}. ${who.why}`,
      ...items.map(({ text }) => `  - ${text}`),
    ].join('\n'),
  )
  const sum = `${plural(totals.messages, 'message')} to ${plural(totals.people, 'person', 'people')}, ${totals.toNobody} to nobody. Nothing was sent.`
  return [heading, ...lines, sum].join('\n')
}
