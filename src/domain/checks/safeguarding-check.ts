import { listOf, quoted } from '../../base/text.ts'
import type { Project } from '../plan/plan.ts'
import type { Entry } from '../register/entry.ts'
import { type CheckAnswer, fingerprint, type RaisedCheck } from './check.ts'
import { detectPersonalData, type NameAllowlist } from './personal-data-detector.ts'

type CheckedTexts = readonly (string | null | undefined)[]

/** What somebody wrote of a project that a digest may tell: its latest words, and why dates moved or are at risk. */
export function projectTexts({ updates, milestones }: Project): CheckedTexts {
  const counting = updates.find(({ awaitsConfirmation }) => !awaitsConfirmation)
  const told = new Set([updates[0], counting])
  return [
    ...[...told].flatMap((update) => [update?.reason, update?.path, update?.divergenceReason]),
    ...milestones.flatMap(({ moves, flag }) => [moves.at(-1)?.reason, flag?.reason]),
  ]
}

export function entryTexts(entry: Entry): CheckedTexts {
  return [entry.text, entry.kind === 'risk' ? entry.mitigation : null, entry.closing?.outcome]
}

/** Words that look as if they told of one child or case: none, or one question for all of them. */
export function safeguardingCheck(
  texts: CheckedTexts,
  { programmeId, project }: Pick<RaisedCheck, 'programmeId' | 'project'>,
  names: NameAllowlist,
): RaisedCheck[] {
  const found = texts.flatMap((text) => (text ? detectPersonalData(text, names) : []))
  if (found.length === 0) return []
  const phrases = [...new Set(found.map(({ phrase }) => quoted(phrase)))].slice(0, phrasesShown)
  return [
    {
      check: 'child',
      programmeId,
      project: project && { id: project.id, ref: project.ref, title: project.title },
      fingerprints: [...new Set(found.map(({ sentence }) => fingerprint(sentence)))],
      question: `This looks as if it told of one child or case: ${listOf(phrases)}. Change the words, or say why they are fine.`,
    },
  ]
}

const phrasesShown = 3

/** Whether a text must not be posted: it looks as if it told of a child, and nobody has answered for it. */
export function isWithheld(
  text: string,
  { answers, names }: { readonly answers: readonly CheckAnswer[]; readonly names: NameAllowlist },
): boolean {
  const settled = new Set(
    answers.filter(({ check }) => check === 'child').flatMap(({ fingerprints }) => fingerprints),
  )
  return detectPersonalData(text, names).some(({ sentence }) => !settled.has(fingerprint(sentence)))
}
