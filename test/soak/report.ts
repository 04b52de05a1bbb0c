/** What the soak counted, as a table that can be pasted into docs/operating.md. */

/** What became of the messages and updates of one part of the soak. */
export interface PartResult {
  /** What was done to Milepost, in words: "612 processes and 388 PostgreSQL servers killed". */
  readonly done: string
  readonly messages?: MessageCounts
  readonly updates?: UpdateCounts
  /** Whatever must not have happened, each in a sentence. */
  readonly faults: readonly string[]
}

export interface MessageCounts {
  readonly enqueued: number
  /** Found on the platform at least once. */
  readonly posted: number
  readonly lost: number
  /** Found there more than once. */
  readonly doubled: number
  /** Given up with a reason, which the programme office is told. */
  readonly givenUp: number
  /** Possibly sent: Teams only, where nobody can look. */
  readonly possiblySent: number
}

export interface UpdateCounts {
  readonly sent: number
  /** Answered “Saved”, at the first or a later try. */
  readonly answeredSaved: number
  /** Answered “Saved”, and not in the database. */
  readonly lost: number
  readonly savedTwice: number
  /** Answers that nothing can be saved at the moment: "please try again in a minute". */
  readonly askedToRepeat: number
}

export interface FinishedPart extends PartResult {
  readonly title: string
  readonly minutes: number
}

export const noUpdates: UpdateCounts = {
  ...{ sent: 0, answeredSaved: 0, lost: 0, savedTwice: 0, askedToRepeat: 0 },
}

const headings = [
  ...['part', 'what was done to it', 'messages', 'posted', 'lost', 'doubled', 'given up'],
  ...['possibly sent (Teams)', 'updates', 'answered “Saved”', 'lost or twice'],
  ...['answers “try again”', 'faults', 'minutes'],
]

export function tableOf(parts: readonly FinishedPart[]): string {
  const rows = parts.map(rowOf)
  return [headings, headings.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function rowOf({ title, done, messages, updates, faults, minutes }: FinishedPart): string[] {
  const cell = (amount: number | undefined) => amount?.toLocaleString('en-GB') ?? ''
  return [
    ...[title, done, cell(messages?.enqueued), cell(messages?.posted), cell(messages?.lost)],
    ...[cell(messages?.doubled), cell(messages?.givenUp), cell(messages?.possiblySent)],
    ...[cell(updates?.sent), cell(updates?.answeredSaved)],
    cell(updates && updates.lost + updates.savedTwice),
    ...[cell(updates?.askedToRepeat), cell(faults.length), minutes.toFixed(1)],
  ]
}
