import { plural } from '../../base/text.ts'
import { formatProject } from '../plan/format.ts'
import type { RaisedCheck } from './check.ts'
import { checkByKey } from './registry.ts'

/** '2.1 Practice standards'; where it belongs to no project, a workstream or the register. */
export function checkTitle({
  project,
  subject = 'The register of the whole programme',
}: Pick<RaisedCheck, 'project' | 'subject'>): string {
  return project ? formatProject(project) : subject
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
  title = `Answer: ${checkByKey(raised.check).title}`,
) {
  return { title, verb: 'answer:form', data: checkCommandData(raised) }
}

/** What the author of an update is asked beside the notice that it is saved. */
export function formatRaisedChecks(raised: readonly RaisedCheck[]): string[] {
  if (raised.length === 0) return []
  const count = raised.length === 1 ? 'One question' : `${raised.length} questions`
  return [`${count} before the board asks:`, ...raised.map(({ question }) => question)]
}

/** '3 checks are open'; '' where none is. */
export function checkCountText(open: readonly RaisedCheck[]): string {
  if (open.length === 0) return ''
  return `${plural(open.length, 'check')} ${open.length === 1 ? 'is' : 'are'} open`
}
