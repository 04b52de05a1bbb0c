/** What a check of the installation found, in words for the operator. */
export interface Diagnostic {
  /** What was looked at: "Database", "Slack". */
  readonly about: string
  /** `mend`: Milepost does not work, or not as promised. `look`: it does, and somebody should know. */
  readonly state: 'well' | 'look' | 'mend'
  readonly says: string
  /** What to do; absent where all is well. */
  readonly remedy?: string
}

/** Clocks that differ by this much are still well: signatures and tokens allow five minutes. */
const clockWarningMs = 30_000
const clockErrorMs = 4 * 60_000

/** How our clock compares with another's, such as the Date header of an answer. */
export function clockDiagnostic(about: string, ours: Date, theirs: Date): Diagnostic {
  const apart = Math.abs(ours.getTime() - theirs.getTime())
  const seconds = Math.round(apart / 1000)
  if (apart < clockWarningMs) return { about, state: 'well', says: 'Its clock and ours agree.' }
  const says = `Its clock and ours are ${seconds} s apart.`
  const remedy = 'Set the clock of this machine by the network (NTP).'
  return { about, state: apart < clockErrorMs ? 'look' : 'mend', says, remedy }
}
