import { listOf, quoted } from '../../base/text.ts'
import { effectiveUpdate, type Project } from '../plan/plan.ts'
import type { Entry } from '../register/entry.ts'
import {
  type Check,
  type CheckAnswer,
  type CheckFinding,
  fingerprint,
  type RaisedCheck,
} from './check.ts'
import { detectPersonalData, type NameAllowlist } from './personal-data-detector.ts'

/** What somebody wrote, field by field; fields that are empty or do not exist are passed over. */
export type CheckedTexts = readonly (string | null | undefined)[]

/** Words of a project that look as if they told of one child or case. */
export const safeguardingCheck: Check = {
  key: 'child',
  title: 'the words',
  isProgrammeWide: true,
  appliesTo: () => true,
  // The words of an update are asked about before it is saved: safeguarding-guard.ts.
  mayTrip: () => false,
  inputs: (project) => (mayTellOfChild(projectTexts(project)) ? ['names'] : []),
  find: ({ project }, { names }) => findPersonalData(projectTexts(project), names),
}

/** Whether texts trip the check unless they name people of the programme: judged without the database. */
export function mayTellOfChild(texts: CheckedTexts): boolean {
  return texts.some((text) => text && detectPersonalData(text).length > 0)
}

/** What somebody wrote of a project that a digest may show: its latest words, and why dates moved or are at risk. */
function projectTexts(project: Project): CheckedTexts {
  const shown = new Set([project.updates[0], effectiveUpdate(project)])
  return [
    ...[...shown].flatMap((update) => [update?.reason, update?.path, update?.divergenceReason]),
    ...project.milestones.flatMap(({ moves, flag }) => [moves.at(-1)?.reason, flag?.reason]),
  ]
}

export function entryTexts(entry: Entry): CheckedTexts {
  const { reviews, reopenings, closing } = entry
  return [
    entry.text,
    'mitigation' in entry ? entry.mitigation : null,
    entry.kind === 'risk' ? entry.proximity : null,
    ...reviews.flatMap(({ mitigation, proximity, reason }) => [mitigation, proximity, reason]),
    ...reopenings.flatMap((reopening) => [reopening.reason, reopening.closing.outcome]),
    closing?.outcome,
  ]
}

/** The check of any texts: none, or one question for all of them. */
export function raiseSafeguardingCheck(
  texts: CheckedTexts,
  { programmeId, project }: Pick<RaisedCheck, 'programmeId' | 'project'>,
  names: NameAllowlist,
): RaisedCheck[] {
  const found = findPersonalData(texts, names)
  if (!found) return []
  const { key: check, isProgrammeWide = false } = safeguardingCheck
  const subject = project && { id: project.id, ref: project.ref, title: project.title }
  return [{ check, isProgrammeWide, programmeId, project: subject, ...found }]
}

const maxPhrasesQuoted = 3

function findPersonalData(texts: CheckedTexts, names: NameAllowlist): CheckFinding | undefined {
  const found = texts.flatMap((text) => (text ? detectPersonalData(text, names) : []))
  if (found.length === 0) return undefined
  const phrases = [...new Set(found.map(({ phrase }) => quoted(phrase)))].slice(0, maxPhrasesQuoted)
  return {
    fingerprints: [...new Set(found.map(({ sentence }) => fingerprint(sentence)))],
    question: `This looks as if it told of one child or case: ${listOf(phrases)}. Change the words, or say why they are fine.`,
  }
}

/** Whether a text must not be posted: it looks as if it told of a child, and nobody has answered for it. */
export function isWithheld(
  text: string,
  { answers, names }: { readonly answers: readonly CheckAnswer[]; readonly names: NameAllowlist },
): boolean {
  const settled = new Set(
    answers
      .filter(({ check }) => check === safeguardingCheck.key)
      .flatMap(({ fingerprints }) => fingerprints),
  )
  return detectPersonalData(text, names).some(({ sentence }) => !settled.has(fingerprint(sentence)))
}
