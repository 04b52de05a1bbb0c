/** What a check of the installation found, in words for the operator. */
export interface Finding {
  /** What was looked at: "Database", "Slack". */
  readonly about: string
  /** `mend`: Milepost does not work, or not as promised. `look`: it does, and somebody should know. */
  readonly state: 'well' | 'look' | 'mend'
  readonly says: string
  /** What to do; absent where all is well. */
  readonly remedy?: string
}

/** Clocks that differ by this much are still well: signatures and tokens allow five minutes. */
const mayDifferMs = 30_000
const mustNotDifferMs = 4 * 60_000

/** How our clock compares with another's, such as the Date header of an answer. */
export function clockFinding(about: string, ours: Date, theirs: Date): Finding {
  const apart = Math.abs(ours.getTime() - theirs.getTime())
  const seconds = Math.round(apart / 1000)
  if (apart < mayDifferMs) return { about, state: 'well', says: 'Its clock and ours agree.' }
  const says = `Its clock and ours are ${seconds} s apart.`
  const remedy = 'Set the clock of this machine by the network (NTP).'
  return { about, state: apart < mustNotDifferMs ? 'look' : 'mend', says, remedy }
}
