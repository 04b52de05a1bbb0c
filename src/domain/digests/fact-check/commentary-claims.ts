import type { DigestContent, ProjectCommentary } from '../content/content.ts'
import type { Claim, Statement } from './claims.ts'

/** What a digest gives as the words of leads, and what it says awaits confirmation. */
export function commentaryClaims(content: DigestContent): Claim[] {
  const { worse, better, attention, newlyRated, noLongerRated } = content
  const still = attention.flatMap(({ entries }) => entries)
  return [worse, better, still, newlyRated, noLongerRated].flat().flatMap(claimsOf)
}

function claimsOf({ id: project, ref, title, reason, awaited }: ProjectCommentary): Claim[] {
  const told: readonly Statement[] = [
    // Words that these readers may not see are a code, and say nothing.
    ...(typeof reason === 'string' ? [{ says: 'reason', project, text: reason } as const] : []),
    { says: 'awaits', project, isSo: awaited !== null },
  ]
  const sentence = [`${ref} ${title}`, typeof reason === 'string' ? reason : '', awaited ?? '']
  return told.map((one) => ({ ...one, sentence: sentence.filter(Boolean).join(': ') }))
}
