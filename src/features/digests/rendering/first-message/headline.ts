import { plural } from '../../../../base/text.ts'
import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import { formatChangeCounts, formatCompared, headlineOf } from '../format.ts'

/** A sentence holds so many kinds of change; the thread has the others. */
const maxChangesTold = 3

/** What changed and stands in no list of the first message, as far as that has room for it, and all of it. */
export function formatChanges(
  content: DigestContent,
  isEmpty = false,
): { readonly told: string; readonly whole: string } {
  const { previousAsAt, otherChanges, moved, snapshot } = content
  const changes = [
    ...otherChanges,
    ...(moved.length > 0 ? [`${plural(moved.length, 'date')} moved`] : []),
  ]
  if (!previousAsAt || snapshot.projects.length === 0 || formatChangeCounts(content).length === 0) {
    const headline = headlineOf(content, isEmpty)
    return { told: headline, whole: headline }
  }
  const compared = formatCompared(content)
  const left = changes.length - maxChangesTold
  const sentence = (parts: readonly string[]) =>
    parts.length > 0 ? `Since ${compared}: ${parts.join('; ')}.` : `Compared with ${compared}.`
  const whole = sentence(changes)
  if (left <= 0) return { told: whole, whole }
  const first = changes.slice(0, maxChangesTold)
  return {
    told: sentence([...first, plural(left, 'other kind of change', 'other kinds of change')]),
    whole,
  }
}
