import { loadProgrammeRoles } from '../../authority/programme-roles.ts'
import { authorise } from '../../authority/rights.ts'
import type { Actor } from '../../base/actor.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import type { QueryContext } from '../../chat/commands.ts'
import { noSuchProgramme, requirePersonId, splitProgrammeKey } from '../../domain/plan/lookup.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import { type FoundWorkstream, loadWorkstreamRefs } from '../../domain/plan/workstream-lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { RollUpScope } from '../../domain/rollup/store.ts'
import type { ReadTx } from '../../infra/db.ts'

/** A workstream or a whole programme, whose colour can be set. */
export interface RollUpTarget extends RollUpScope {
  readonly programme: Programme
  /** "workstream 2 Practice", "the programme W17": as it stands in a sentence. */
  readonly label: string
  /** How it is typed: "2", "W17/2", "programme". */
  readonly arg: string
}

/**
 * What `named` means: a workstream by its ref ("2"), the programme ("programme"), either with the programme's key
 * before it where several have one ("W17/2", "W17/programme"). Only in programmes the person belongs to.
 * @throws Refusal that offers what there is.
 */
export async function findRollUpTarget(
  tx: ReadTx,
  actor: Actor,
  named: string,
): Promise<RollUpTarget> {
  const mine = await programmesOf(tx, requirePersonId(actor))
  const { key, rest: part } = splitProgrammeKey(named)
  const programmes = key ? mine.filter((each) => fold(each.key) === fold(key)) : mine
  const found =
    fold(part) === 'programme'
      ? programmes.map((programme) => rollUpTargetOf(programme, null, named))
      : (await loadWorkstreamRefs(tx, programmes))
          .filter(({ ref }) => fold(ref) === fold(part))
          .map((one) => rollUpTargetOf(one.programme, one, named))
  const [only, second] = found
  if (second) {
    const options = found.map(({ programme }) => `${programme.key}/${part}`)
    throw new Refusal(
      `Several of your programmes have that: ${options.join(' or ')}. Say which. Nothing was saved.`,
    )
  }
  if (only) return only
  throw await noSuchWorkstream(tx, mine, { key, part, named })
}

function rollUpTargetOf(
  programme: Programme,
  workstream: FoundWorkstream | null,
  typed: string,
): RollUpTarget {
  return {
    programme,
    programmeId: programme.id,
    workstreamId: workstream?.id ?? null,
    label: workstream
      ? `workstream ${workstream.ref} ${workstream.title}`
      : `the programme ${programme.key}`,
    arg: typed,
  }
}

async function noSuchWorkstream(
  tx: ReadTx,
  mine: readonly Programme[],
  asked: { readonly key: string | undefined; readonly part: string; readonly named: string },
): Promise<Refusal> {
  const { key: wanted = '' } = asked
  if (mine.length === 0 || (wanted && !mine.some(({ key }) => fold(key) === fold(wanted)))) {
    return noSuchProgramme(mine, wanted)
  }
  const refs = (await loadWorkstreamRefs(tx, mine)).map(({ ref }) => ref)
  const near = nearest(asked.part, [...refs, 'programme'])
  return new Refusal(
    `There is no workstream ${quoted(asked.named)}.${near ? ` Did you mean ${near}?` : ''} Say its number, or “programme” for the whole. Nothing was saved.`,
  )
}

/** @throws Refusal unless the person is a sponsor of the programme or in its office. */
export async function assertMayOverride(
  { tx, actor, today }: Pick<QueryContext, 'tx' | 'actor' | 'today'>,
  { id, title }: Programme,
): Promise<void> {
  const query = { personId: requirePersonId(actor), programmeId: id, today }
  const { toProgramme } = await loadProgrammeRoles(tx, query)
  authorise('override colour', toProgramme, title)
}
