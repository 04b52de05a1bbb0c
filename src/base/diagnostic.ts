/** The result of one check of the installation, in words for the operator. */
export interface Diagnostic {
  /** The part that was checked: "Database", "Slack". */
  readonly about: string
  /** `mend`: Milepost does not work, or not as promised. `look`: it works, but somebody should know. */
  readonly state: 'well' | 'look' | 'mend'
  readonly says: string
  /** What to do; absent where nothing is wrong. */
  readonly remedy?: string
}

/** Differences up to the first are well, up to the second worth a look: signatures and tokens allow five minutes. */
const clockWarningMs = 30_000
const clockErrorMs = 4 * 60_000

/** Compares our clock with another one, such as the Date header of a response. */
export function clockDiagnostic(about: string, ours: Date, theirs: Date): Diagnostic {
  const apart = Math.abs(ours.getTime() - theirs.getTime())
  const seconds = Math.round(apart / 1000)
  if (apart < clockWarningMs) return { about, state: 'well', says: 'Its clock and ours agree.' }
  const says = `Its clock and ours are ${seconds} s apart.`
  const remedy = 'Set the clock of this machine by the network (NTP).'
  return { about, state: apart < clockErrorMs ? 'look' : 'mend', says, remedy }
}
