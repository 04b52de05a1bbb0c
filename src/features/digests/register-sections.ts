import { shorten } from '../../base/text.ts'
import type { Kind } from '../register/entry.ts'
import { headings, heldUpInWords, nameOf, neededInWords, nouns } from '../register/words.ts'
import { shown } from '../status/schemes.ts'
import type { DigestContent, RegisterItem } from './content.ts'
import { stateIn } from './scheme-told.ts'
import { type Entry, most, type Section } from './section.ts'

/** What a digest lists of the register, by kind. `prefix` is how a command begins there. */
export function registerSections(
  content: DigestContent,
  prefix: string,
): Readonly<Record<Kind, Section>> {
  const { asAt, scheme, decisions, risks, dependencies, headlines } = content
  const entry = entryOf(prefix)
  return {
    decision: {
      key: 'decisions',
      heading: headings.decision,
      entries: decisions.map((each) =>
        entry('decision', each, [
          ...(each.askedOf ? [`Needed from: ${each.askedOf}`] : []),
          neededInWords(each.neededBy, asAt),
        ]),
      ),
      noun: nouns.decision,
      atFirst: 8,
    },
    risk: {
      key: 'risks',
      heading: headings.risk,
      entries: risks.map((each) =>
        entry('risk', each, [
          `${shown(stateIn(scheme, each.state))}${each.isNew ? ', new' : ''}`,
          each.mitigation ? `Mitigated by: ${each.mitigation}` : 'No mitigation given',
        ]),
      ),
      noun: nouns.risk,
      // Reds are first in the list, then what is new.
      atFirst: 5,
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
      atFirst: 5,
    },
    headline: {
      key: 'headlines',
      heading: headings.headline,
      entries: headlines.map((each) => entry('headline', each, [])),
      noun: nouns.headline,
      atFirst: 5,
    },
  }
}

/** Its name, its project, its text, and the lines after it; long ones are cut and say where the whole is. */
function entryOf(prefix: string) {
  return (kind: Kind, { number, project, text }: RegisterItem, details: string[]): Entry => {
    const name = nameOf({ kind, number })
    const title = project ? `${name}: ${project.ref} ${shorten(project.title, most.title)}` : name
    const lines = [...(text ? [text] : []), ...details].map((line) => {
      const cut = shorten(line, most.reason)
      return cut === line ? line : `${cut} (${prefix} ${kind} ${number} for the whole)`
    })
    return { title, lines }
  }
}
