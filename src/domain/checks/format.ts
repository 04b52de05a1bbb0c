import { plural } from '../../base/text.ts'
import { formatProject } from '../plan/format.ts'
import type { CheckKey, RaisedCheck } from './check.ts'

/** What a check is about, for the button that answers it. */
const checkSubjects: Readonly<Record<CheckKey, string>> = {
  overdue: 'the overdue milestones',
  repeated: 'the commentary',
  path: 'the green-by day',
  measure: 'the measure',
  criteria: 'the criteria',
  child: 'the words',
}

/** '2.1 Practice standards'; of what belongs to no project, where it stands. */
export function checkTitle({ project }: Pick<RaisedCheck, 'project'>): string {
  return project ? formatProject(project) : 'The register of the whole programme'
}

/** What names a check to the command that answers it. */
export function checkCommandData({
  check,
  project,
  programmeId,
  fingerprints,
}: RaisedCheck): Record<string, string> {
  if (project) return { project: project.id, check }
  return { programme: programmeId, check, about: fingerprints[0] ?? '' }
}

export function answerButton(
  raised: RaisedCheck,
  title = `Answer: ${checkSubjects[raised.check]}`,
) {
  return { title, verb: 'answer:form', data: checkCommandData(raised) }
}

/** What the author of an update is asked beside the answer that it is stored. */
export function formatRaisedChecks(raised: readonly RaisedCheck[]): string[] {
  if (raised.length === 0) return []
  const asked = raised.length === 1 ? 'One question' : `${raised.length} questions`
  return [`${asked} before the board asks:`, ...raised.map(({ question }) => question)]
}

/** '3 checks are open'; '' where none is. */
export function checkCountText(open: readonly RaisedCheck[]): string {
  if (open.length === 0) return ''
  return `${plural(open.length, 'check')} ${open.length === 1 ? 'is' : 'are'} open`
}
