import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import { behindDimensionSection, worseDimensionSection } from './dimensions.ts'
import { createLineFormatter } from './line-format.ts'
import { lifeSection } from './lives.ts'
import {
  changedMeasuresSection,
  dimensionSection,
  measureSection,
  notMovingSection,
} from './measures.ts'
import {
  atRiskSection,
  dueSection,
  finishedSection,
  movedSection,
  newlyOverdueSection,
  stillOverdueSection,
} from './milestones.ts'
import { betterSection, worseSection } from './movement.ts'
import { noUpdateSection } from './no-update.ts'
import { decisionSection, dependencySection, headlineSection, riskSection } from './register.ts'
import { actionSection, decidedSection, issueSection } from './register-follow-up.ts'
import { remarksSection } from './remarks.ts'
import type { Section } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'
import {
  newlyRatedSection,
  noLongerRatedSection,
  otherStatesSection,
  worstStateSection,
} from './states.ts'

/** Every section of a digest, in reading order: what is asked, what moved and what is overdue, then the rest. */
export const digestSections: readonly SectionDescriptor[] = [
  decisionSection,
  decidedSection,
  worseSection,
  newlyOverdueSection,
  newlyRatedSection,
  noLongerRatedSection,
  worstStateSection,
  betterSection,
  finishedSection,
  lifeSection,
  stillOverdueSection,
  worseDimensionSection,
  changedMeasuresSection,
  notMovingSection,
  movedSection,
  remarksSection,
  dueSection,
  noUpdateSection,
  headlineSection,
  behindDimensionSection,
  dimensionSection,
  measureSection,
  dependencySection,
  riskSection,
  issueSection,
  actionSection,
  atRiskSection,
  otherStatesSection,
]

/** The sections of a digest that have entries. `prefix`: how a command begins where the digest is posted. */
export function buildSections(
  content: DigestContent,
  prefix: string,
  registry = digestSections,
): Section[] {
  const lines = createLineFormatter(content, prefix)
  return registry
    .flatMap(({ key, firstMessageLimit, isOneLine = false, isAsked = false, build }) =>
      build(content, lines).map((section) => ({
        ...{ key, firstMessageLimit, isOneLine, isAsked },
        ...section,
      })),
    )
    .filter(({ entries }) => entries.length > 0)
}
