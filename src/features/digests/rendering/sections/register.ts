import { type CivilDate, daysBetween, fullDate } from '../../../../base/dates.ts'
import { capitalised, plural, shorten } from '../../../../base/text.ts'
import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import type { RegisterItem } from '../../../../domain/digests/content/register-entries.ts'
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
import { briefTitle, firstClause, formatTitle } from './abbreviate.ts'
import type { LineFormatter } from './line-format.ts'
import type { Brief, SectionEntry } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

export const decisionSection: SectionDescriptor = {
  key: 'decisions',
  firstMessageLimit: 3,
  isAsked: true,
  build: (content, lines) => {
    const entryOf = (decision: Decision) => decisionEntry(decision, content, lines)
    const others = content.decisions.filter(({ isOfOthers }) => isOfOthers)
    const own = content.decisions.filter(({ isOfOthers }) => !isOfOthers)
    return [
      {
        heading: kindHeadings.decision,
        entries: own.map((decision) => {
          const data = { programme: content.programme.key, entry: decision.entryId }
          const action = { title: 'Decide', verb: 'decide:form', data }
          const brief = decisionBrief(decision, content.asAt)
          return {
            ...entryOf(decision),
            brief: content.audience === 'public' ? brief : { ...brief, action },
          }
        }),
        noun: kindNouns.decision,
      },
      {
        // Without a brief: they stand in the thread alone, and are counted in the first message.
        heading: 'Decisions needed of others',
        entries: others.map(entryOf),
        noun: ['decision needed of others', 'decisions needed of others'],
      },
    ]
  },
}

type Decision = DigestContent['decisions'][number]

function decisionEntry(
  decision: Decision,
  { asAt }: DigestContent,
  lines: LineFormatter,
): SectionEntry {
  const from = decision.askedOf ? `, from: ${decision.askedOf}` : ''
  const needed = `${formatNeededBy(decision.neededBy, asAt)}${from}`
  const reopened = decision.reopened ? [decision.reopened] : []
  return registerEntry('decision', decision, [needed, ...reopened], lines)
}

export const riskSection: SectionDescriptor = {
  key: 'risks',
  firstMessageLimit: 0,
  build: ({ risks, scheme }, lines) => [
    {
      heading: kindHeadings.risk,
      entries: risks.map((risk) => {
        const { mitigation, state, isNew, rerated } = risk
        const mitigated = mitigation ? `Mitigated by: ${mitigation}` : 'No mitigation given'
        return {
          ...registerEntry(
            'risk',
            risk,
            [mitigated, ...(rerated ? [capitalised(rerated)] : [])],
            lines,
          ),
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
  firstMessageLimit: 0,
  build: ({ dependencies, scheme }, lines) => [
    {
      heading: 'Held up by another project',
      entries: dependencies.map((dependency) => {
        const { waitsFor, state, resting } = dependency
        const heldUp = resting
          ? `${formatTitle(waitsFor)}: ${resting}`
          : formatHeldUp(waitsFor, stateIn(scheme, state), dependency)
        return registerEntry('dependency', dependency, [heldUp], lines)
      }),
      noun: ['dependency held up', 'dependencies held up'],
    },
  ],
}

export const headlineSection: SectionDescriptor = {
  key: 'headlines',
  firstMessageLimit: 0,
  build: ({ headlines }, lines) => [
    {
      heading: kindHeadings.headline,
      entries: headlines.map((headline) => registerEntry('headline', headline, [], lines)),
      noun: kindNouns.headline,
    },
  ],
}

/** 'Decision 2: 1.2 Better assessments', then 'Which partner gives the training; needed from … by Mon 6 Mar 2017'. */
function decisionBrief(
  { number, project, text, askedOf, neededBy }: Decision,
  asAt: CivilDate,
): Brief {
  const name = entryName({ kind: 'decision', number })
  const from = askedOf ? ` from ${shorten(askedOf, maxAskedOfLength)}` : ''
  return {
    title: project ? `${name}: ${briefTitle(project)}` : name,
    text: `${firstClause(text)}; needed${from}${formatNeeded(neededBy, asAt)}`,
  }
}

const maxAskedOfLength = 40

/** ' by Mon 6 Mar 2017', ' 3 days ago', ', no day given'. */
function formatNeeded(neededBy: CivilDate | null, asAt: CivilDate): string {
  if (neededBy === null) return ', no day given'
  return neededBy < asAt
    ? ` ${plural(daysBetween(neededBy, asAt), 'day')} ago`
    : ` by ${fullDate(neededBy)}`
}

/** Its name and project, its text, and the lines after it. */
export function registerEntry(
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
