import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'

/** The numbers of projects and workstreams: what people type. Unique in a programme, also against those set aside. */

const maxRefLength = 20

/** A project's number has a figure in it, because that is how a typed line is told from words. */
const projectRefPattern = /^(?=.*\d)[^\s/]+$/u
const workstreamRefPattern = /^[^\s/]+$/u

/** @throws Refusal where a text cannot be a project's number, or another project has it */
export async function assertFreeProjectRef(
  tx: ReadTx,
  programmeId: string,
  text: string,
): Promise<string> {
  assertForm(
    text,
    projectRefPattern,
    'a project. Write it as one word with a figure in it, such as 2.7',
  )
  const taken = await tx.project.findFirst({ where: sameRef(programmeId, text) })
  if (!taken) return text
  const rows = await tx.project.findMany({ where: { programmeId }, select: { ref: true } })
  const free = nextOf(
    rows.map(({ ref }) => ref),
    taken.ref.replace(/\d+$/, ''),
  )
  throw takenRefusal(taken, free)
}

/** @throws Refusal where a text cannot be a workstream's number, or another workstream has it */
export async function assertFreeWorkstreamRef(
  tx: ReadTx,
  programmeId: string,
  text: string,
): Promise<string> {
  assertForm(text, workstreamRefPattern, 'a workstream. Write it as one word, such as 7')
  const taken = await tx.workstream.findFirst({ where: sameRef(programmeId, text) })
  if (!taken) return text
  const rows = await tx.workstream.findMany({ where: { programmeId }, select: { ref: true } })
  throw takenRefusal(taken, nextWorkstreamRef(rows.map(({ ref }) => ref)))
}

function assertForm(text: string, pattern: RegExp, remedy: string): void {
  if (pattern.test(text) && text.length <= maxRefLength) return
  throw new Refusal(`${quoted(text)} cannot be the number of ${remedy}. Nothing was saved.`)
}

const sameRef = (programmeId: string, text: string) => ({
  programmeId,
  ref: { equals: text, mode: 'insensitive' as const },
})

function takenRefusal(taken: { readonly ref: string; readonly title: string }, free: string) {
  return new Refusal(
    `${taken.ref} is the number of “${taken.title}” already. The next free one is ${free}. Nothing was saved.`,
  )
}

/** The next free number of a project in a workstream: after 2.1 and 2.2 comes 2.3. */
export function nextProjectRef(workstreamRef: string, taken: readonly string[]): string {
  return nextOf(taken, `${workstreamRef}.`)
}

/** The next free number of a workstream: after 1 and 2 comes 3. */
export function nextWorkstreamRef(taken: readonly string[]): string {
  return nextOf(taken, '')
}

/** The next free number among those that begin as this one does: after 2.3 comes 2.4. */
export function nextRefLike(ref: string, taken: readonly string[]): string {
  return nextOf(taken, ref.slice(0, ref.lastIndexOf('.') + 1))
}

/** One more than the highest. A number of ten digits or more is a name, and none to count on from. */
function nextOf(taken: readonly string[], prefix: string): string {
  const numbers = taken.flatMap((ref) => {
    const rest = ref.startsWith(prefix) ? ref.slice(prefix.length) : ''
    return /^\d{1,9}$/.test(rest) ? [Number(rest)] : []
  })
  return `${prefix}${Math.max(0, ...numbers) + 1}`
}
