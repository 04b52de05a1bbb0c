import { Refusal } from '../../base/errors.ts'
import { fold, quoted } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'

/** What a project belongs to besides its workstream: "Ofsted", "Innovation". A digest may be about a tag. */

const maxTagLength = 40
const maxTags = 10

/** 'Ofsted, Innovation and SEND' taken apart, each once however it is written. */
export function parseTags(text: string): string[] {
  const words = text.split(/[,;]|\sand\s/i).map((word) => word.trim().replace(/\s+/g, ' '))
  return uniqueTags(words.filter(Boolean))
}

/** Each once, as it was written first. */
export function uniqueTags(tags: readonly string[]): string[] {
  const known = new Map<string, string>()
  for (const tag of tags) if (!known.has(fold(tag))) known.set(fold(tag), tag)
  return [...known.values()]
}

/**
 * The tags that a text names, as the programme writes them already, so that one tag is not two.
 * @throws Refusal for one that is too long, or too many of them
 */
export async function resolveTags(
  tx: ReadTx,
  programmeId: string,
  text: string,
): Promise<string[]> {
  const tags = assertTagCount(parseTags(text))
  const tooLong = tags.find((word) => word.length > maxTagLength)
  if (tooLong) {
    throw new Refusal(
      `The tag ${quoted(tooLong)} is longer than ${maxTagLength} characters. Nothing was saved.`,
    )
  }
  const known = await programmeTags(tx, programmeId)
  return tags.map((word) => known.find((one) => fold(one) === fold(word)) ?? word)
}

/** @throws Refusal for more than a project may have */
export function assertTagCount(tags: string[]): string[] {
  if (tags.length <= maxTags) return tags
  throw new Refusal(`A project has at most ${maxTags} tags. Nothing was saved.`)
}

async function programmeTags(tx: ReadTx, programmeId: string): Promise<string[]> {
  const rows = await tx.project.findMany({ where: { programmeId }, select: { tags: true } })
  return uniqueTags(rows.flatMap(({ tags }) => tags))
}
