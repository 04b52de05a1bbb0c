import { fullDate } from '../../../../base/dates.ts'
import type { PaperBlock } from '../../../../base/papers/paper.ts'
import type { Project } from '../../../../domain/plan/plan.ts'
import { formatDue, formatNeededBy } from '../../../../domain/register/format.ts'
import { type Register, registerAsAt } from '../../../../domain/register/rules.ts'
import { type Scheme, schemeOf, stateByKey } from '../../../../domain/scheme/schemes.ts'
import { listOr, noneFor, stateCell, tableOr, textCell } from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'

/** Tables of the register, of the whole programme or of some of its projects. */
export interface RegisterParts {
  readonly risks: PaperBlock
  readonly issues: PaperBlock
  readonly decisions: PaperBlock
  readonly headlines: PaperBlock
}

/** @param about only what concerns these projects; left out: everything */
export function registerParts(snapshot: PaperSnapshot, about?: readonly Project[]): RegisterParts {
  const { plan, register, reader } = snapshot
  const scheme = schemeOf(plan.programme.settings)
  const ids = about && new Set(about.map(({ id }) => id))
  const entries = register.filter(({ project }) => !ids || (project && ids.has(project.id)))
  const open = registerAsAt(entries, plan.asAt, scheme)
  return {
    risks: risksTable(open, scheme, noneFor(reader, 'Risks', 'No risk is open.')),
    issues: issuesTable(open, scheme, noneFor(reader, 'Issues', 'No issue is open.')),
    decisions: tableOr(
      noneFor(reader, 'Decisions', 'No decision is asked for.'),
      'Decisions that are asked for',
      [
        ['Number', 1],
        ['Decision', 5],
        ['Concerns', 2],
        ['Asked of', 2],
        ['When', 2.5],
      ],
      open.decisions.map(({ number, text, project, askedOf, neededBy }) => [
        { text: `Decision ${number}` },
        { text },
        concerns(project),
        textCell(askedOf),
        { text: formatNeededBy(neededBy, plan.asAt) },
      ]),
    ),
    headlines: listOr(
      noneFor(reader, 'Headlines', 'No headline was written since the last digest.'),
      open.headlines
        .filter(({ onDay }) => onDay >= (snapshot.digest.previousAsAt ?? onDay))
        .map(({ text, onDay }) => `${fullDate(onDay)}: ${text}`),
    ),
  }
}

const concerns = (project: { readonly ref: string; readonly title: string } | null) => ({
  text: project ? `${project.ref} ${project.title}` : 'The whole programme',
})

function risksTable({ risks }: Register, scheme: Scheme, none: string): PaperBlock {
  return tableOr(
    none,
    'Open risks, worst first',
    [
      ['Number', 0.9],
      ['Risk', 4],
      ['Concerns', 2],
      ['Rating', 1.3],
      ['Mitigation', 4],
    ],
    risks.map(({ number, text, project, state, mitigation }) => [
      { text: `Risk ${number}` },
      { text },
      concerns(project),
      stateCell(stateByKey(scheme, state)),
      textCell(mitigation),
    ]),
  )
}

function issuesTable({ issues }: Register, scheme: Scheme, none: string): PaperBlock {
  return tableOr(
    none,
    'Open issues, worst first',
    [
      ['Number', 0.9],
      ['Issue', 4],
      ['Concerns', 2],
      ['Rating', 1.3],
      ['What is done about it', 4],
    ],
    issues.map(({ number, text, project, state, mitigation }) => [
      { text: `Issue ${number}` },
      { text },
      concerns(project),
      stateCell(stateByKey(scheme, state)),
      textCell(mitigation),
    ]),
  )
}

/** Open actions, by the day they are due. */
export function actionsTable(
  { plan, register, reader, digest }: PaperSnapshot,
  about: readonly Project[],
): PaperBlock {
  const ids = new Set(about.map(({ id }) => id))
  const entries = register.filter(({ project }) => project && ids.has(project.id))
  const { actions } = registerAsAt(entries, plan.asAt, schemeOf(plan.programme.settings))
  const nameOf = (id: string | null) => (digest.owners && id ? plan.people.get(id)?.name : null)
  return tableOr(
    noneFor(reader, 'Actions', 'No action is open.'),
    'Open actions',
    [
      ['Number', 1],
      ['Action', 5],
      ['Owner', 2],
      ['When', 2.5],
    ],
    actions.map(({ number, text, ownerId, neededBy }) => [
      { text: `Action ${number}` },
      { text },
      textCell(nameOf(ownerId)),
      { text: formatDue(neededBy, plan.asAt) },
    ]),
  )
}
