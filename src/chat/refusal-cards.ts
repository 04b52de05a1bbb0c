import type { Refusal } from '../base/errors.ts'
import type { Card } from './cards.ts'
import { type NoticeButton, noticeCard } from './notice.ts'

/** Nothing was saved, for this reason. */
export function refusalCard(lines: readonly string[], buttons: NoticeButton[] = []): Card {
  return noticeCard({ heading: 'Not saved', lines: [...lines], buttons })
}

/** A question that cannot be answered; nothing was to be saved. */
export function unansweredCard({ message }: Refusal): Card {
  return noticeCard({ heading: 'I cannot tell', lines: [message], buttons: [] })
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
