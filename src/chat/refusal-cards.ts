import type { Refusal } from '../base/errors.ts'
import { shorten } from '../base/text.ts'
import type { Card } from './cards.ts'
import type { ParsedCommand } from './commands.ts'
import { type NoticeButton, noticeCard } from './notice.ts'
import { formVerbOf } from './resolve-command.ts'

/** Of JSON: Slack's buttons take 2,000 characters. */
const maxButtonDataLength = 1900
/** Longer values than this leave a button that is too big, and are shown in the card to be copied. */
const maxButtonValueLength = 100

/** Nothing was saved, for this reason. */
export function refusalCard(lines: readonly string[], buttons: NoticeButton[] = []): Card {
  return noticeCard({ heading: 'Not saved', lines: [...lines], buttons })
}

/** A question that cannot be answered; nothing was to be saved. */
export function unansweredCard({ message }: Refusal): Card {
  return noticeCard({ heading: 'I cannot tell', lines: [message], buttons: [] })
}

/** A refusal with a button that opens the form with what was typed; what a button cannot carry is shown to be copied. */
export function refusalWithFormCard(
  { command, raw }: Pick<ParsedCommand, 'command' | 'raw'>,
  { message }: Refusal,
): Card {
  const button = (data: Record<string, unknown>) => [
    { title: 'Fill in the form', verb: formVerbOf(command), data },
  ]
  if (JSON.stringify(raw).length <= maxButtonDataLength) {
    return refusalCard([message], button({ ...raw }))
  }
  const entries = Object.entries(raw)
  const long = entries.filter(([, value]) => JSON.stringify(value).length > maxButtonValueLength)
  const short = Object.fromEntries(entries.filter((entry) => !long.includes(entry)))
  const lines = long.map(([, value]) => shorten(String(value), 3000))
  return refusalCard(
    [message, 'To copy into the form, this is what you wrote:', ...lines],
    button(short),
  )
}

/** An apology for a fault of ours. `mayBeSaved`: the database went away, perhaps after the commit. */
export function apologyCard(mayBeSaved: boolean): Card {
  const lines = mayBeSaved
    ? [
        'I cannot reach my records just now, so I cannot say that this is saved.',
        'Please try again in a minute.',
      ]
    : [
        'Something went wrong on my side, and nothing was saved.',
        'Please try again. Your administrator can find it in the log.',
      ]
  return noticeCard({ heading: 'Sorry', lines, buttons: [] })
}
