import type { CivilDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold, quoted } from '../../../base/text.ts'
import { firstFreeNumber } from '../free-number.ts'
import { type MeasureRow, wholePlan } from '../parsed-plan.ts'
import { type Columns, type Draft, type ParseContext, type Table, textOf } from './sheet-format.ts'

/** What the formats need in order to read a row of a project. */
export interface RowContext {
  readonly table: Table
  readonly frame: ParseContext
  readonly draft: Draft
  readonly linking: DraftLinker
}

/**
 * Links rows many to many, as the plans do: the same text in another row is the same workstream, outcome or measure.
 * Writes into the draft. Numbers that the sheet does not have are given in the order of its rows.
 */
export class DraftLinker {
  readonly #draft: Draft
  readonly #workstreams = new Map<string, string>()
  readonly #numbers = new Map<string, Set<string>>()
  readonly #outcomes = new Map<string, string>()
  readonly #measures = new Map<string, number>()
  /** Numbers that the sheet gives its projects: what is invented gives way to them. */
  readonly #given: ReadonlySet<string>
  #last = ''

  constructor(draft: Draft, tables: readonly Table[] = []) {
    this.#draft = draft
    this.#given = new Set(
      tables.flatMap(({ rows, columns }) => rows.map((row) => refIn(row, columns))),
    )
    for (const { ref, title } of draft.workstreams) this.#workstreams.set(fold(title), ref)
    for (const text of draft.outcomes) this.#outcomes.set(fold(text), text)
    for (const [at, { title }] of draft.measures.entries()) this.#measures.set(fold(title), at)
  }

  /**
   * The ref of the workstream that a cell names: "2. Improve practice" is workstream 2. An empty cell means the one
   * above (merged cells); before any was named, the whole plan is one workstream.
   */
  findOrAddWorkstream(cell: string, row: number): string {
    const text = collapseWhitespace(cell)
    if (text === '' && this.#last !== '') return this.#last
    const { number = '', title: said = '' } = numberedTitlePattern.exec(text)?.groups ?? {}
    const title = said || text || wholePlan
    this.#last = this.#workstreams.get(fold(title)) ?? this.#newWorkstream(number, title, row)
    return this.#last
  }

  #newWorkstream(number: string, title: string, row: number): string {
    const { workstreams, generatedRefs } = this.#draft
    const taken = new Set(workstreams.map(({ ref }) => ref))
    if (number === '') generatedRefs.workstreams = true
    const ref = number !== '' && !taken.has(number) ? number : nextFreeNumber(taken)
    // A number before its name, "1. Parks", gives way to a row with that number as well.
    generatedRefs.ofWorkstreams.add(ref)
    workstreams.push({ ref, title, row, sponsors: [], leads: [] })
    this.#workstreams.set(fold(title), ref)
    return ref
  }

  /** The ref that the sheet gives a project, or the next free one in its workstream. */
  assignProjectRef(workstream: string, given: string): string {
    const taken = this.#numbers.get(workstream) ?? new Set()
    const invented = () =>
      nextFreeNumber(taken, (number) => this.#given.has(`${workstream}.${number}`))
    const ref = given === '' ? `${workstream}.${invented()}` : given.replace(/\.$/, '')
    if (ref.startsWith(`${workstream}.`)) taken.add(ref.slice(workstream.length + 1))
    this.#numbers.set(workstream, taken)
    return ref
  }

  findOrAddOutcomes(texts: readonly string[]): string[] {
    return texts.map((text) => {
      const known = this.#outcomes.get(fold(text))
      if (known !== undefined) return known
      this.#outcomes.set(fold(text), text)
      this.#draft.outcomes.push(text)
      return text
    })
  }

  findOrAddRecommendations(refs: readonly string[]): string[] {
    const { recommendations } = this.#draft
    for (const ref of refs) {
      if (!recommendations.some((one) => one.ref === ref)) recommendations.push({ ref, text: null })
    }
    return [...refs]
  }

  /** A measure that is a title, and perhaps a target. The same title again links it to another project. */
  linkMeasure(title: string, to: MeasureLinks): void {
    const { measures } = this.#draft
    const at = this.#measures.get(fold(title)) ?? measures.length
    const known = measures[at] ?? titleOnlyMeasure(title, to.row)
    const { target = null, targetOn = null } = to
    if (known.target !== null && target !== null && fold(known.target) !== fold(target)) {
      const message = `${quoted(title)} has the target ${quoted(known.target)} in row ${known.row}, and ${quoted(target)} here. Put one right, or accept that it is ${quoted(known.target)}.`
      this.#draft.problems.push({ row: to.row, message })
    }
    measures[at] = {
      ...known,
      ...(known.target === null ? { target, targetOn } : {}),
      projects: [...new Set([...known.projects, to.project])],
      outcomes: [...new Set([...known.outcomes, ...to.outcomes])],
    }
    this.#measures.set(fold(title), at)
  }
}

interface MeasureLinks {
  readonly row: number
  readonly project: string
  readonly outcomes: readonly string[]
  readonly target?: string | null
  readonly targetOn?: CivilDate | null
}

/** "2. Improve practice", "Priority 2: Improve practice"; not "24 hour care" and not "3.4.1 Quality". */
const numberedTitlePattern =
  /^(?:(?:priority|theme|workstream)\s+)?(?<number>\d{1,2})\s*[.):–-](?:\s+|$)(?<title>.*)$/iu

/** Starts from how many are taken: numbers are mostly consecutive. */
function nextFreeNumber(
  taken: ReadonlySet<string>,
  isGiven: (number: number) => boolean = () => false,
): string {
  const from = taken.has(String(taken.size)) ? taken.size + 1 : 1
  return String(firstFreeNumber(from, (number) => taken.has(String(number)) || isGiven(number)))
}

const refIn = (row: SheetRow, columns: Columns): string =>
  textOf(row, columns, 'ref').replace(/\.$/, '')

/** A measure of which only the title is known. */
export function titleOnlyMeasure(title: string, row: number): MeasureRow {
  return {
    ...{ title, row, kind: 'kpi', polarity: null, baseline: null, baselineState: null },
    ...{ target: null, targetOn: null, frequency: null, method: null, nextDue: null },
    ...{ workstreamRef: null, projects: [], outcomes: [], readings: [] },
  }
}
