import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import type { LineFormatter } from './line-format.ts'
import type { SectionContent } from './section.ts'

/** A kind of section. A row in registry.ts makes it part of every digest. */
export interface SectionDescriptor {
  /** Unique in the registry. */
  readonly key: string
  /** How many of its entries the first message tells at most, in the words of their `brief`; 0: it counts them. */
  readonly firstMessageLimit: number
  /** The first message tells them on one line, one after the other. */
  readonly isOneLine?: boolean
  /** What a chair asks of each digest: the first message tells it before the other lists have any room. */
  readonly isAsked?: boolean
  /** Takes everything from the frozen content. One without entries is left out; most kinds have one, some have more. */
  build(content: DigestContent, lines: LineFormatter): readonly SectionContent[]
}
