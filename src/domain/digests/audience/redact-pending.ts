import type { ReadTx } from '../../../infra/db.ts'
import type { CheckAnswer } from '../../checks/check.ts'
import { isWithheld } from '../../checks/safeguarding-check.ts'
import { loadCheckAnswers, nameAllowlistOf } from '../../checks/store.ts'
import type { Measure } from '../../measures/measure.ts'
import type { Project, StatusUpdate } from '../../plan/plan.ts'
import type { Closing, Entry } from '../../register/entry.ts'
import type { DigestInput } from '../content/digest-input.ts'
import { mapSetAsideTexts, mapTexts } from './map-texts.ts'

/** Shown in place of words that look as if they were about a child, until somebody has answered for them. */
export const pendingCheckText = 'Being checked by the programme office'

type RedactedInput = Pick<
  DigestInput,
  'plan' | 'register' | 'overrides' | 'measures' | 'projectRemarks' | 'setAside'
>

/** Takes such words out of what digests are made of, so that nothing composed of it later can show them. */
export async function redactPending(tx: ReadTx, input: RedactedInput): Promise<RedactedInput> {
  const { programme, asAt } = input.plan
  return redactPendingWith(input, await loadCheckAnswers(tx, programme.id, asAt))
}

/** The same, pure. */
export function redactPendingWith<Input extends RedactedInput>(
  input: Input,
  answers: readonly CheckAnswer[],
): Input {
  const { plan, register, overrides = [], measures = [], projectRemarks, setAside } = input
  const known = { answers, names: nameAllowlistOf(plan) }
  const redact = (text: string) => (isWithheld(text, known) ? pendingCheckText : text)
  return {
    ...input,
    plan: { ...plan, projects: plan.projects.map((project) => redactProject(project, redact)) },
    register: register.map((entry) => redactEntry(entry, redact)),
    overrides: overrides.map((row) => ({ ...row, reason: redact(row.reason) })),
    measures: measures.map((measure) => redactMeasure(measure, redact)),
    ...(setAside && { setAside: mapSetAsideTexts(setAside, redact) }),
    projectRemarks: new Map(
      [...(projectRemarks ?? [])].map(([id, lines]) => [id, lines.map(redact)]),
    ),
  }
}

type Redaction = (text: string) => string

/** A digest shows the words of the update that counts and of newer ones; of older ones only the state. */
function redactProject(project: Project, redact: Redaction): Project {
  const { updates } = project
  const counting = updates.findIndex(({ awaitsConfirmation }) => !awaitsConfirmation)
  const shown = new Set<StatusUpdate>(counting === -1 ? updates : updates.slice(0, counting + 1))
  const attributes = Object.entries(project.attributes)
  return {
    ...mapTexts(project, {
      update: (text, update) => (shown.has(update) ? redact(text) : null),
      move: redact,
      flag: redact,
    }),
    // An attribute's own format could not show the text that stands in for a value: the value is left out.
    attributes: Object.fromEntries(attributes.filter(([, value]) => redact(value) === value)),
  }
}

/** A figure is a text that people type. */
function redactMeasure(measure: Measure, redact: Redaction): Measure {
  const { allReadings, title, target } = measure
  return {
    ...measure,
    title: redact(title),
    target: target === null ? null : redact(target),
    allReadings: allReadings.map((reading) => ({ ...reading, raw: redact(reading.raw) })),
  }
}

function redactEntry(entry: Entry, redact: Redaction): Entry {
  const orNull = (text: string | null) => (text === null ? null : redact(text))
  const ended = (closing: Closing) => ({ ...closing, outcome: orNull(closing.outcome) })
  const texts = {
    text: redact(entry.text),
    closing: entry.closing && ended(entry.closing),
    reviews: entry.reviews.map((review) => ({
      ...review,
      mitigation: orNull(review.mitigation),
      proximity: orNull(review.proximity),
      reason: orNull(review.reason),
    })),
    reopenings: entry.reopenings.map((reopening) => ({
      ...reopening,
      reason: redact(reopening.reason),
      closing: ended(reopening.closing),
    })),
  }
  if (entry.kind === 'issue') return { ...entry, ...texts, mitigation: orNull(entry.mitigation) }
  if (entry.kind !== 'risk') return { ...entry, ...texts }
  const { mitigation, proximity } = entry
  return { ...entry, ...texts, mitigation: orNull(mitigation), proximity: orNull(proximity) }
}
