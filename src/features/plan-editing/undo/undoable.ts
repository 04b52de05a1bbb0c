import type { CommandContext } from '../../../chat/commands.ts'
import type { ReadTx } from '../../../infra/db.ts'

/** One thing that somebody said or changed and that can be taken back. */
export interface Undoable {
  readonly programmeId: string
  /** The project it is about; null for a workstream's, and where `checksRight`. */
  readonly projectId: string | null
  /** `takeBack` asks itself whether the person may, and refuses. */
  readonly checksRight?: true | undefined
  /** Null: an import. */
  readonly byId: string | null
  /** UTC. */
  readonly at: Date
  /**
   * Takes it back; `reason` stands in the history. Gives the lines that say what counts again, and the data of a button
   * that takes this back in turn, where there is one.
   * @throws Refusal where somebody has built on it
   */
  takeBack(context: CommandContext, reason: string | null): Promise<UndoResult>
}

export interface UndoResult {
  readonly lines: readonly string[]
  readonly redo?: Readonly<Record<string, string>>
}

/** A kind of thing that can be taken back. The Undo button carries its id under `arg`. */
export interface UndoableKind {
  readonly arg: UndoArg
  /** One of these programmes that still stands, by its id. */
  find(tx: ReadTx, programmeIds: readonly string[], id: string): Promise<Undoable | undefined>
  /** The last that a person made in these programmes since a moment and that still stands. */
  latest(
    tx: ReadTx,
    programmeIds: readonly string[],
    byId: string,
    since: Date,
  ): Promise<Undoable | undefined>
}

/** The lookups of a kind, as the domain has them. */
interface KindLookups<Found> {
  find(tx: ReadTx, programmeIds: readonly string[], id: string): Promise<Found | undefined>
  latest(
    tx: ReadTx,
    programmeIds: readonly string[],
    byId: string,
    since: Date,
  ): Promise<Found | undefined>
}

/** A kind of thing, by how it is found and how what was found is taken back: undefined where it cannot be. */
export function undoableKind<Found>(
  arg: UndoArg,
  { find, latest }: KindLookups<Found>,
  undoableOf: (found: Found) => Undoable | undefined,
): UndoableKind {
  const undoable = (found: Found | undefined) =>
    found === undefined ? undefined : undoableOf(found)
  return {
    arg,
    find: async (...asked) => undoable(await find(...asked)),
    latest: async (...asked) => undoable(await latest(...asked)),
  }
}

/** What the Undo button of an answer may name. */
export type UndoArg =
  | ('update' | 'done' | 'move' | 'flag' | 'rating' | 'reading' | 'closing' | 'review')
  | ('revision' | 'handover' | 'import' | 'role' | 'attribute' | 'setting' | 'money')
