import { weekdayOf } from '../../../base/dates.ts'
import type { Claim, Finding } from './claims.ts'
import { dimensionFault } from './dimension-facts.ts'
import { countOf } from './expected.ts'
import type { DigestFacts } from './facts.ts'
import { colourFault } from './judge-colours.ts'
import { decisionsFault } from './judge-decisions.ts'
import { absenceFault, countFault, listFault, omissionFault } from './judge-lists.ts'
import { measureFault } from './judge-measures.ts'
import { milestoneFault } from './judge-milestones.ts'
import { projectFault } from './judge-projects.ts'
import { lifeFault } from './life-facts.ts'
import { registerFault } from './register-facts.ts'

/** What is wrong with what a digest says; nothing where all of it follows from the facts. */
export function judge(claims: readonly Claim[], facts: DigestFacts): Finding[] {
  return claims.flatMap((claim) => {
    const because = fault(claim, facts)
    return because === null ? [] : [{ sentence: claim.sentence, because }]
  })
}

/** Why a claim is not so, in a sentence; null where it is so. */
function fault(claim: Claim, facts: DigestFacts): string | null {
  switch (claim.says) {
    case 'state':
    case 'movement':
    case 'from':
    case 'rounds':
    case 'was rated':
    case 'reason':
    case 'awaits':
    case 'last update': {
      const fact = facts.projects.find(({ project }) => project.id === claim.project)
      return fact ? projectFault(claim, fact, facts) : 'There is no such project in the plan.'
    }
    case 'colour':
    case 'colour moved':
    case 'set by hand':
      return colourFault(claim, facts)
    case 'in state':
      return countFault(claim, facts)
    case 'in workstream': {
      const count = facts.projects.filter(({ project, standing }) => {
        return project.workstreamId === claim.workstream && standing.state.key === claim.state
      }).length
      return count === claim.count ? null : `By the plan there are ${count}.`
    }
    case 'count': {
      const count = countOf(claim.of, facts)
      return (count ?? claim.count) === claim.count ? null : `By the plan there are ${count}.`
    }
    case 'coverage': {
      const { updated, of } = facts.coverage
      const isSo = updated === claim.updated && of === claim.of
      return isSo ? null : `${updated} of ${of} were updated.`
    }
    case 'list':
      return listFault(claim, facts)
    case 'not listed':
      return omissionFault(claim, facts)
    case 'decisions':
      return decisionsFault(claim, facts)
    case 'register':
      return registerFault(claim, facts.register)
    case 'measure':
      return measureFault(claim, facts)
    case 'dimension':
      return dimensionFault(claim, facts.dimensions)
    case 'due':
    case 'overdue':
      return milestoneFault(claim, facts)
    case 'life':
      return lifeFault(claim, facts.lives)
    case 'weekday':
      return weekdayOf(claim.day).startsWith(claim.weekday.toLowerCase())
        ? null
        : `${claim.day} is a ${weekdayOf(claim.day)}.`
    default:
      return absenceFault(claim.says, facts)
  }
}
