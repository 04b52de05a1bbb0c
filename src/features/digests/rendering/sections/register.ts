import type { RegisterItem } from '../../../../domain/digests/content/content.ts'
import type { EntryKind } from '../../../../domain/register/entry.ts'
import {
  entryName,
  formatHeldUp,
  formatNeededBy,
  kindHeadings,
  kindNouns,
} from '../../../../domain/register/format.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { formatState } from '../../../../domain/scheme/schemes.ts'
import type { LineFormatter } from './line-format.ts'
import type { SectionEntry } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

export const decisionSection: SectionDescriptor = {
  key: 'decisions',
  firstMessageLimit: 6,
  build: ({ decisions, asAt }, lines) => [
    {
      heading: kindHeadings.decision,
      entries: decisions.map((decision) => {
        const from = decision.askedOf ? `, from: ${decision.askedOf}` : ''
        const needed = `${formatNeededBy(decision.neededBy, asAt)}${from}`
        return registerEntry('decision', decision, [needed], lines)
      }),
      noun: kindNouns.decision,
    },
  ],
}

export const riskSection: SectionDescriptor = {
  key: 'risks',
  // The content lists the Reds first, then new ones.
  firstMessageLimit: 3,
  build: ({ risks, scheme }, lines) => [
    {
      heading: kindHeadings.risk,
      entries: risks.map((risk) => {
        const { mitigation, state, isNew } = risk
        const mitigated = mitigation ? `Mitigated by: ${mitigation}` : 'No mitigation given'
        return {
          ...registerEntry('risk', risk, [mitigated], lines),
          // The risk's own rating: its project's would be read as the risk's.
          beside: `${formatState(stateIn(scheme, state))}${isNew ? ', new' : ''}`,
        }
      }),
      noun: kindNouns.risk,
    },
  ],
}

export const dependencySection: SectionDescriptor = {
  key: 'dependencies',
  firstMessageLimit: 3,
  build: ({ dependencies, scheme }, lines) => [
    {
      heading: 'Held up by another project',
      entries: dependencies.map((dependency) => {
        const { waitsFor, state, missed } = dependency
        const heldUp = formatHeldUp(waitsFor, stateIn(scheme, state), missed)
        return registerEntry('dependency', dependency, [heldUp], lines)
      }),
      noun: ['dependency held up', 'dependencies held up'],
    },
  ],
}

export const headlineSection: SectionDescriptor = {
  key: 'headlines',
  firstMessageLimit: 3,
  build: ({ headlines }, lines) => [
    {
      heading: kindHeadings.headline,
      entries: headlines.map((headline) => registerEntry('headline', headline, [], lines)),
      noun: kindNouns.headline,
    },
  ],
}

/** Its name and project, its text, and the lines after it. */
function registerEntry(
  kind: EntryKind,
  { number, project, text }: RegisterItem,
  details: readonly string[],
  lines: LineFormatter,
): SectionEntry {
  const name = entryName({ kind, number })
  const head = project && lines.head(project)
  return {
    title: head ? `${name}: ${head.title}` : name,
    beside: head?.beside ?? '',
    workstreamId: head?.workstreamId ?? null,
    lines: [...(text ? [text] : []), ...details].map((line) =>
      lines.abbreviate(line, `${kind} ${number}`),
    ),
  }
}
