import { refusalText } from '../../authority/refusals.ts'
import type { Actor } from '../../base/actor.ts'
import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { Programme } from '../programme/programme.ts'
import { mayIn, noSuchProgramme, requirePersonId, splitProgrammeKey } from './lookup.ts'
import { planOrder } from './plan-order.ts'
import { programmesOf } from './store.ts'

interface LookupContext {
  readonly tx: ReadTx
  readonly actor: Actor
}

export interface FoundWorkstream {
  readonly id: string
  readonly ref: string
  readonly title: string
  readonly programme: Programme
}

/**
 * The workstream that `named` means: its number ("2"), "W17/2" where several programmes have one, or its id. Looks only in
 * programmes the person belongs to. @throws Refusal that offers the nearest number
 */
export async function findWorkstream(
  { tx, actor }: LookupContext,
  named: string,
): Promise<FoundWorkstream> {
  const mine = await programmesOf(tx, requirePersonId(actor))
  const { key, rest: ref } = splitProgrammeKey(named.trim())
  const programmes = key ? mine.filter((each) => fold(each.key) === fold(key)) : mine
  if (programmes.length === 0) throw noSuchProgramme(mine, key ?? '')
  const all = await loadWorkstreamRefs(tx, programmes)
  const found = all.filter((each) => each.id === named || fold(each.ref) === fold(ref))
  const [only, second] = found
  if (second) {
    const options = found.map(({ programme }) => `${programme.key}/${ref}`)
    throw new Refusal(
      `Several of your programmes have that: ${options.join(' or ')}. Say which. Nothing was saved.`,
    )
  }
  if (only) return only
  if (isId(named)) {
    throw new Refusal('That workstream is not in the plan any more. Nothing was saved.')
  }
  const near = nearest(
    ref,
    all.map((each) => each.ref),
  )
  throw new Refusal(
    `There is no workstream ${quoted(named)}.${near ? ` Did you mean ${near}?` : ''} Say its number. Nothing was saved.`,
  )
}

/** The same, to change it. @throws Refusal for a person who is not in the programme's office */
export async function findWorkstreamForOffice(
  context: LookupContext,
  named: string,
): Promise<FoundWorkstream> {
  const found = await findWorkstream(context, named)
  if (await mayIn(context, 'change plan', found.programme)) return found
  throw new Refusal(refusalText('change plan', found.programme.title))
}

/** The workstreams that stand in the plans of these programmes, in the order of the plans. */
export async function loadWorkstreamRefs(
  tx: ReadTx,
  programmes: readonly Programme[],
): Promise<FoundWorkstream[]> {
  const rows = await tx.workstream.findMany({
    where: { programmeId: { in: programmes.map(({ id }) => id) }, isRemoved: false },
    orderBy: planOrder,
    select: { id: true, ref: true, title: true, programmeId: true },
  })
  return rows.flatMap(({ programmeId, ...row }) => {
    const programme = programmes.find(({ id }) => id === programmeId)
    return programme ? [{ ...row, programme }] : []
  })
}
