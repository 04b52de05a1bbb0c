import type { Card } from './cards.ts'

/** What Milepost answers. The platform shows it its own way. */
export type Reply =
  /** Stands in place of the form or, for a button, of the message it was pressed in if `refresh` says how that looks now. */
  | { readonly kind: 'answer'; readonly card: Card; readonly refresh?: Card | undefined }
  /** A form to fill in: a modal on Slack, a card in place on Teams. */
  | { readonly kind: 'form'; readonly card: Card }
  /** A form that cannot be stored yet: what to mend, by the input's id, and the form as it was filled in. */
  | { readonly kind: 'invalid'; readonly card: Card; readonly fields: Readonly<Record<string, string>> }
