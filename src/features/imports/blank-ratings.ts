import { Refusal } from '../../base/errors.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, quoted } from '../../base/text.ts'
import { formatState, type State } from '../../domain/scheme/schemes.ts'
import { type BlankFate, blankFates, type SheetAnswers } from './settings.ts'

/** A Red or an Amber of the plan whose cell is empty in the sheet: whether it stays is asked, and never guessed. */
export interface BlankRating {
  /** "1.1" of a project, "1.1 2" of its second milestone. */
  readonly item: string
  readonly title: string
  readonly row: number
  /** How it stands until somebody says otherwise. */
  readonly state: State
  /** Why it might not be rated any more, in the sheet's words; '' where it says nothing. */
  readonly commentary: string
}

/** What was answered for this sheet, and for the sheets before it. */
export interface BlankAnswers {
  readonly now: Pick<SheetAnswers, 'blanks' | 'blankReason'>
  readonly earlier: Pick<SheetAnswers, 'blanks'>
}

export interface BlankVerdict {
  /** Its rating goes, for this reason; null: it stays. */
  readonly reason: string | null
  /** What whoever imports should know of it. */
  readonly notes: readonly SheetNote[]
  /** The question, until it is answered. */
  readonly problems: readonly SheetNote[]
}

/** Answers for every such cell of a sheet. */
const allBlanks = 'all'

/** What was answered of this one; undefined where nothing was. */
export const fateOf = (
  item: string,
  { blanks }: Pick<Partial<SheetAnswers>, 'blanks'>,
): BlankFate | undefined => blanks?.[item] ?? blanks?.[allBlanks]

/**
 * An answer that it stays holds for later sheets as well, which leave the same cell empty. That it is not rated any more
 * is answered for one sheet, and says why: the rule for a person who types it (takesRatingAway).
 */
export function judgeBlank(blank: BlankRating, { now, earlier }: BlankAnswers): BlankVerdict {
  const { item, row, state } = blank
  const said = fateOf(item, now)
  const note = (message: string): SheetNote => ({ row, message })
  const name = `${item} ${quoted(blank.title)}`
  const stood = formatState(state)
  if (said === 'keep' || (said === undefined && earlier.blanks?.[item] === 'keep')) {
    const message = `${name} stays ${stood}, as was answered: its cell is empty in the sheet.`
    return { reason: null, notes: [note(message)], problems: [] }
  }
  const reason = blank.commentary.trim() || now.blankReason?.trim() || null
  if (said === 'not rated' && reason !== null) return { reason, notes: [], problems: [] }
  const because = reason === null ? ' --because "…"' : ''
  const question =
    said === 'not rated'
      ? `${name} was ${stood}. Say why it is not rated any more: --because "…".`
      : `${name} was ${stood}, and its cell is empty now. Say whether it stays so: --blank "${item}=keep", or --blank "${item}=not rated"${because}.`
  return {
    reason: null,
    notes: [],
    problems: [note(`${question} If it is accepted, it stays ${stood}.`)],
  }
}

/** Answers as people type them: "keep", "not rated". @throws Refusal that lists them, for any other */
export function parseBlankAnswers(
  typed: Readonly<Record<string, string>>,
): Record<string, BlankFate> {
  const answers = Object.entries(typed).map(([item, said]): [string, BlankFate] => {
    const fate = blankFates.find((one) => one === fold(said).replace('-', ' '))
    if (fate) return [item, fate]
    throw new Refusal(
      `${quoted(`${item}=${said}`)}: an empty cell can mean “keep” or “not rated”. Nothing was imported.`,
    )
  })
  return Object.fromEntries(answers)
}

/** With what was answered for this sheet: by the items themselves, as another sheet may have other empty cells. */
export function rememberedBlanks(
  { now, earlier }: BlankAnswers,
  items: readonly string[],
): Record<string, BlankFate> {
  const answered = items.flatMap((item): [string, BlankFate][] => {
    const fate = fateOf(item, now)
    return fate ? [[item, fate]] : []
  })
  return { ...earlier.blanks, ...Object.fromEntries(answered) }
}
