/** One project, milestone or entry of the register as a digest shows it: never parted between two messages. */
export interface Entry {
  readonly title: string
  readonly lines: readonly string[]
}

export interface Section {
  readonly key: string
  readonly heading: string
  readonly entries: readonly Entry[]
  /** What one and several entries are called: 'Amber', 'Ambers'. */
  readonly noun: readonly [one: string, many: string]
  /** How many of it stand in the first message at most; the rest follows in the thread. */
  readonly atFirst: number
}

/** Longest texts. The whole is one question away. */
export const most = { title: 160, about: 240, reason: 500 }
