import { type CivilDate, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { buttonTo } from '../../chat/card-button.ts'
import { formatProject } from '../../domain/plan/format.ts'
import type { Plan, Project } from '../../domain/plan/plan.ts'
import type { Decision } from '../../domain/register/entry.ts'
import { entryTitle, formatNeededBy } from '../../domain/register/format.ts'
import { formatProjectState } from '../../domain/status/format.ts'
import { ratingContextOf, ratingOf } from '../../domain/status/rating.ts'
import type { SectionDraft } from './fit-sections.ts'

/** What sponsors and the board read, and decide. */

/** The projects of the workstreams that a person sponsors, worst first. Undefined where they sponsor none. */
export function sponsoredSection(plan: Plan, personId: string): SectionDraft | undefined {
  const sponsored = new Set(
    plan.workstreams.filter(({ sponsors }) => sponsors.includes(personId)).map(({ id }) => id),
  )
  if (sponsored.size === 0) return undefined
  const context = ratingContextOf(plan)
  const severity = (project: Project) => ratingOf(project, context).state.severity
  const projects = plan.projects
    .filter(({ workstreamId }) => sponsored.has(workstreamId))
    .toSorted((one, other) => severity(other) - severity(one))
  return {
    heading: `You sponsor in ${plan.programme.title}`,
    lines: [`${plural(projects.length, 'project')}, the worst first.`],
    rows: projects.map((project) => {
      const data = { project: project.id }
      return {
        title: `${formatProjectState(project, context)}  ${formatProject(project)}`,
        text: project.updates[0]?.reason ?? '',
        buttons: [buttonTo('Open', 'show', data), buttonTo('Ask', 'ask:form', data)],
      }
    }),
    buttons: [],
    ...{ noun: 'project', rest: '', share: 3 },
  }
}

/** The decisions that a programme waits for. Undefined where it waits for none. */
export function decisionsSection(
  { programme, asAt }: Plan,
  decisions: readonly Decision[],
): SectionDraft | undefined {
  if (decisions.length === 0) return undefined
  return {
    heading: `Decisions needed in ${programme.title}`,
    ...{ lines: [], buttons: [] },
    rows: decisions.map((entry) => ({
      title: entryTitle(entry),
      text: `${entry.text}\n${formatNeededBy(entry.neededBy, asAt)}`,
      buttons: [buttonTo('Record the decision', 'close:form', { entry: entry.id })],
    })),
    ...{ noun: 'decision', rest: '', share: 2 },
  }
}

/** The last digest that was posted about the whole of a programme. */
export function latestDigestSection(
  { programme }: Plan,
  digest: { readonly number: number; readonly asAt: CivilDate } | null,
): SectionDraft {
  return {
    heading: `Digest of ${programme.title}`,
    lines: [digest ? `The last one is as at ${fullDate(digest.asAt)}.` : 'None was posted yet.'],
    rows: [],
    buttons: [
      digest
        ? buttonTo('Show the last one', 'digest-show', {
            ...{ number: String(digest.number), programme: programme.key },
          })
        : buttonTo('As it stands now', 'digest', { programme: programme.key }),
    ],
    ...{ noun: 'row', rest: '', share: 0 },
  }
}
