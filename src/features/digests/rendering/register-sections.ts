import type { DigestContent, RegisterItem } from '../../../domain/digests/content/content.ts'
import type { Kind } from '../../../domain/register/entry.ts'
import {
  headings,
  heldUpInWords,
  nameOf,
  neededInWords,
  nouns,
} from '../../../domain/register/format.ts'
import { stateIn } from '../../../domain/scheme/scheme-snapshot.ts'
import { shown } from '../../../domain/scheme/schemes.ts'
import type { Lines } from './line-format.ts'
import type { Entry, Section } from './section.ts'

/** What a digest lists of the register, by kind. */
export function registerSections(
  content: DigestContent,
  lines: Lines,
): Readonly<Record<Kind, Section>> {
  const { asAt, scheme, decisions, risks, dependencies, headlines } = content
  const entry = entryOf(lines)
  return {
    decision: {
      key: 'decisions',
      heading: headings.decision,
      entries: decisions.map((each) =>
        entry('decision', each, [
          [
            neededInWords(each.neededBy, asAt),
            ...(each.askedOf ? [`from: ${each.askedOf}`] : []),
          ].join(', '),
        ]),
      ),
      noun: nouns.decision,
      atFirst: 6,
    },
    risk: {
      key: 'risks',
      heading: headings.risk,
      entries: risks.map((each) => ({
        ...entry('risk', each, [
          each.mitigation ? `Mitigated by: ${each.mitigation}` : 'No mitigation given',
        ]),
        // Its own rating: beside it that of its project would be taken for it.
        beside: `${shown(stateIn(scheme, each.state))}${each.isNew ? ', new' : ''}`,
      })),
      noun: nouns.risk,
      // Reds are first in the list, then what is new.
      atFirst: 3,
    },
    dependency: {
      key: 'dependencies',
      heading: 'Held up by another project',
      entries: dependencies.map((each) =>
        entry('dependency', each, [
          heldUpInWords(each.waitsFor, stateIn(scheme, each.state), each.missed),
        ]),
      ),
      noun: ['dependency held up', 'dependencies held up'],
      atFirst: 3,
    },
    headline: {
      key: 'headlines',
      heading: headings.headline,
      entries: headlines.map((each) => entry('headline', each, [])),
      noun: nouns.headline,
      atFirst: 3,
    },
  }
}

/** Its text, which project it is of, and the lines after it: what is asked comes first. */
function entryOf(lines: Lines) {
  return (kind: Kind, { number, project, text }: RegisterItem, details: string[]): Entry => {
    const name = nameOf({ kind, number })
    const head = project && lines.head(project)
    return {
      title: head ? `${name}: ${head.title}` : name,
      beside: head?.beside ?? '',
      workstreamId: head?.workstreamId ?? null,
      lines: [...(text ? [text] : []), ...details].map((line) =>
        lines.folded(line, `${kind} ${number}`),
      ),
    }
  }
}
