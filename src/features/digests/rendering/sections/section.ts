/** One project, milestone or register entry as a digest shows it: never split between two messages. */
export interface SectionEntry {
  readonly title: string
  /** Shown beside the title: the project's state and its history. */
  readonly beside: string
  readonly lines: readonly string[]
  /** Its workstream; null where it concerns the whole programme. */
  readonly workstreamId: string | null
  /** How the first message tells it; left out: there it is counted alone. */
  readonly brief?: Brief
}

/** An entry in the first message, on a line. */
export interface Brief {
  readonly title: string
  /** Whose it is and one clause; '' for the title alone. */
  readonly text: string
  /** What its button does. */
  readonly action?: BriefAction
}

export interface BriefAction {
  readonly title: string
  readonly verb: string
  readonly data: Readonly<Record<string, string>>
}

/** A heading and the entries below it. */
export interface SectionContent {
  readonly heading: string
  readonly entries: readonly SectionEntry[]
  /** What one and several entries are called: 'Amber', 'Ambers'. */
  readonly noun: readonly [one: string, many: string]
  /** Left out: as its kind of section is. */
  readonly isOneLine?: boolean
}

/** A section of one digest. */
export interface Section extends SectionContent {
  readonly key: string
  /** How many of its entries the first message tells at most. The thread has all of them in full. */
  readonly firstMessageLimit: number
  /** The first message tells them on one line, one after the other. */
  readonly isOneLine: boolean
  /** The first message tells it before the other lists have any room. */
  readonly isAsked: boolean
}
