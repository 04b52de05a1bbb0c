import { fullDate } from '../../../../base/dates.ts'
import { capitalised } from '../../../../base/text.ts'
import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import {
  entryName,
  formatDue,
  kindHeadings,
  kindNouns,
} from '../../../../domain/register/format.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { formatState } from '../../../../domain/scheme/schemes.ts'
import { briefTitle, firstClause } from './abbreviate.ts'
import { registerEntry } from './register.ts'
import type { Brief } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

/** What became of what was asked for or agreed: decisions that were taken, actions, and issues. */

export const decidedSection: SectionDescriptor = {
  key: 'decided',
  firstMessageLimit: 2,
  isOneLine: true,
  isAsked: true,
  build: ({ decided }, lines) => [
    {
      heading: 'Decided',
      entries: decided.map((decision) => {
        const { outcome, onDay } = decision
        const told = `Decided on ${fullDate(onDay)}: ${outcome}`
        return {
          ...registerEntry('decision', decision, [told], lines),
          brief: decidedBrief(decision),
        }
      }),
      noun: ['decision taken', 'decisions taken'],
    },
  ],
}

/** '1.2 Better assessments' and what was decided about it; what was asked, where that is about no project. */
function decidedBrief({ number, project, text, outcome }: DigestContent['decided'][number]): Brief {
  const name = entryName({ kind: 'decision', number })
  return {
    title: project ? briefTitle(project) : `${name}, ${firstClause(text)}`,
    text: `· ${firstClause(outcome)}`,
  }
}

export const actionSection: SectionDescriptor = {
  key: 'actions',
  firstMessageLimit: 0,
  build: ({ actions, asAt }, lines) => [
    {
      heading: kindHeadings.action,
      entries: actions.map((action) => {
        const { owner, neededBy } = action
        const due = `${owner ? `${owner}: ` : ''}${formatDue(neededBy, asAt)}`
        return registerEntry('action', action, [due], lines)
      }),
      noun: kindNouns.action,
    },
  ],
}

export const issueSection: SectionDescriptor = {
  key: 'issues',
  firstMessageLimit: 0,
  build: ({ issues, scheme }, lines) => [
    {
      heading: kindHeadings.issue,
      entries: issues.map((issue) => ({
        ...registerEntry('issue', issue, issue.rerated ? [capitalised(issue.rerated)] : [], lines),
        // The issue's own rating: its project's would be read as the issue's.
        beside: `${formatState(stateIn(scheme, issue.state))}${issue.isNew ? ', new' : ''}`,
      })),
      noun: kindNouns.issue,
    },
  ],
}
