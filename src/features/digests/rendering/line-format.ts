import type { CivilDate } from '../../../base/dates.ts'
import { capitalised } from '../../../base/text.ts'
import { withheldText } from '../../../domain/digests/audience/redact.ts'
import type { DigestContent, ProjectCommentary } from '../../../domain/digests/content/content.ts'
import { formatRagHistory, formatUpdateAge } from './format.ts'
import { type Abbreviator, createAbbreviator, formatTitle, type SectionEntry } from './section.ts'

interface ProjectReference {
  readonly id: string
  readonly ref: string
  readonly title: string
}

type EntryHead = Pick<SectionEntry, 'title' | 'beside' | 'workstreamId'>

/** How the lines of a digest are written, whatever they are about. */
export interface LineFormatter {
  /** Ref and title, and how the project stands and stood. */
  head(project: ProjectReference, how?: { readonly isUnconfirmed: boolean }): EntryHead
  /** Why it is so; where that must be said and is not, that. */
  reason(said: Pick<ProjectCommentary, 'ref' | 'reason'>, isNeeded: boolean): string[]
  /** 'Last update 24 days ago, on Fri 3 Feb 2017'. */
  age(onDay: CivilDate): string
  readonly abbreviate: Abbreviator
}

export function createLineFormatter(
  { snapshot, scheme, asAt, audience }: DigestContent,
  prefix: string,
): LineFormatter {
  const standings = new Map(snapshot.projects.map((each) => [each.id, each]))
  const folded = createAbbreviator(prefix)
  return {
    abbreviate: folded,
    head: (project, how) => {
      const standing = standings.get(project.id)
      const told = standing ? formatRagHistory(standing, scheme) : ''
      return {
        title: formatTitle(project),
        beside: told && how?.isUnconfirmed ? `${told}, unconfirmed` : told,
        workstreamId: standing?.workstreamId ?? null,
      }
    },
    reason: ({ reason, ref }, isNeeded) => {
      // Of most projects the public is told no commentary; the end of the digest says so, once.
      if (reason === withheldText && audience === 'public') return []
      if (reason) return [folded(reason, ref)]
      return isNeeded ? ['No reason given'] : []
    },
    age: (onDay) => capitalised(formatUpdateAge(onDay, asAt)),
  }
}
