import type { CivilDate } from '../../../base/dates.ts'
import { capitalised } from '../../../base/text.ts'
import { withheld } from '../../../domain/digests/audience/redact.ts'
import type { DigestContent, Said } from '../../../domain/digests/content/content.ts'
import { ageInWords, standingInWords } from './format.ts'
import { type Entry, type Folded, foldedFor, titleOf } from './section.ts'

interface Named {
  readonly id: string
  readonly ref: string
  readonly title: string
}

type Head = Pick<Entry, 'title' | 'beside' | 'workstreamId'>

/** How the lines of a digest are written, whatever they are about. */
export interface Lines {
  /** Ref and title, and how the project stands and stood. */
  head(project: Named, how?: { readonly isUnconfirmed: boolean }): Head
  /** Why it is so; where that must be said and is not, that. */
  reason(said: Pick<Said, 'ref' | 'reason'>, isNeeded: boolean): string[]
  /** 'Last update 24 days ago, on Fri 3 Feb 2017'. */
  age(onDay: CivilDate): string
  readonly folded: Folded
}

export function linesFor(
  { snapshot, scheme, asAt, audience }: DigestContent,
  prefix: string,
): Lines {
  const standings = new Map(snapshot.projects.map((each) => [each.id, each]))
  const folded = foldedFor(prefix)
  return {
    folded,
    head: (project, how) => {
      const standing = standings.get(project.id)
      const told = standing ? standingInWords(standing, scheme) : ''
      return {
        title: titleOf(project),
        beside: told && how?.isUnconfirmed ? `${told}, unconfirmed` : told,
        workstreamId: standing?.workstreamId ?? null,
      }
    },
    reason: ({ reason, ref }, isNeeded) => {
      // Of most projects the public is told no commentary; the end of the digest says so, once.
      if (reason === withheld && audience === 'public') return []
      if (reason) return [folded(reason, ref)]
      return isNeeded ? ['No reason given'] : []
    },
    age: (onDay) => capitalised(ageInWords(onDay, asAt)),
  }
}
