import type { DigestContent, RegisterItem } from '../../../domain/digests/content/content.ts'
import type { EntryKind } from '../../../domain/register/entry.ts'
import {
  entryName,
  formatHeldUp,
  formatNeededBy,
  kindHeadings,
  kindNouns,
} from '../../../domain/register/format.ts'
import { stateIn } from '../../../domain/scheme/scheme-snapshot.ts'
import { formatState } from '../../../domain/scheme/schemes.ts'
import type { LineFormatter } from './line-format.ts'
import type { Section, SectionEntry } from './section.ts'

/** What a digest lists of the register, by kind. */
export function registerSections(
  content: DigestContent,
  lines: LineFormatter,
): Readonly<Record<EntryKind, Section>> {
  const { asAt, scheme, decisions, risks, dependencies, headlines } = content
  const entry = registerEntryFormatter(lines)
  return {
    decision: {
      key: 'decisions',
      heading: kindHeadings.decision,
      entries: decisions.map((each) =>
        entry('decision', each, [
          [
            formatNeededBy(each.neededBy, asAt),
            ...(each.askedOf ? [`from: ${each.askedOf}`] : []),
          ].join(', '),
        ]),
      ),
      noun: kindNouns.decision,
      firstMessageLimit: 6,
    },
    risk: {
      key: 'risks',
      heading: kindHeadings.risk,
      entries: risks.map((each) => ({
        ...entry('risk', each, [
          each.mitigation ? `Mitigated by: ${each.mitigation}` : 'No mitigation given',
        ]),
        // Its own rating: beside it that of its project would be taken for it.
        beside: `${formatState(stateIn(scheme, each.state))}${each.isNew ? ', new' : ''}`,
      })),
      noun: kindNouns.risk,
      // Reds are first in the list, then what is new.
      firstMessageLimit: 3,
    },
    dependency: {
      key: 'dependencies',
      heading: 'Held up by another project',
      entries: dependencies.map((each) =>
        entry('dependency', each, [
          formatHeldUp(each.waitsFor, stateIn(scheme, each.state), each.missed),
        ]),
      ),
      noun: ['dependency held up', 'dependencies held up'],
      firstMessageLimit: 3,
    },
    headline: {
      key: 'headlines',
      heading: kindHeadings.headline,
      entries: headlines.map((each) => entry('headline', each, [])),
      noun: kindNouns.headline,
      firstMessageLimit: 3,
    },
  }
}

/** Its text, which project it is of, and the lines after it: what is asked comes first. */
function registerEntryFormatter(lines: LineFormatter) {
  return (
    kind: EntryKind,
    { number, project, text }: RegisterItem,
    details: string[],
  ): SectionEntry => {
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
}
