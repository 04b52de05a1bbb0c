/** One project, milestone or register entry as a digest shows it: never split between two messages. */
export interface SectionEntry {
  readonly title: string
  /** Shown beside the title: the project's state and its history. */
  readonly beside: string
  readonly lines: readonly string[]
  /** Its workstream; null where it concerns the whole programme. */
  readonly workstreamId: string | null
}

/** A heading and the entries below it. */
export interface SectionContent {
  readonly heading: string
  readonly entries: readonly SectionEntry[]
  /** What one and several entries are called: 'Amber', 'Ambers'. */
  readonly noun: readonly [one: string, many: string]
}

/** A section of one digest. */
export interface Section extends SectionContent {
  readonly key: string
  /** How many of its entries the first message shows at most; the others follow in the thread. */
  readonly firstMessageLimit: number
}
