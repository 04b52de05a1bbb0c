import type { CivilDate } from '../../../base/dates.ts'
import { capitalised } from '../../../base/text.ts'
import { entryAsAt } from '../../../domain/register/as-at.ts'
import type { Entry } from '../../../domain/register/entry.ts'
import { entryName } from '../../../domain/register/format.ts'
import { type Scheme, stateByKey } from '../../../domain/scheme/schemes.ts'
import { type RegisterColumn, registerColumns } from '../formats/register-columns.ts'

/** The register as rows of a sheet that imports again to the same register. */

const exported = [
  ...['milepostRef', 'entryRef', 'kind', 'text', 'about', 'likelihood', 'impact', 'state'],
  ...['mitigation', 'proximity', 'owner', 'review', 'neededBy', 'askedOf', 'dependsOn', 'raised'],
  ...['status', 'closed', 'outcome'],
] as const satisfies readonly RegisterColumn[]

type Cells = Partial<Record<(typeof exported)[number], string | null | undefined>>

export interface RegisterExport {
  readonly entries: readonly Entry[]
  /** The numbers that sheets give entries, by id. */
  readonly sheetRefs: ReadonlyMap<string, string>
  /** Names of people, by id. */
  readonly names: ReadonlyMap<string, string>
  readonly scheme: Scheme
}

/** The headings and a row for each entry as at a day, headlines left out; none where there is no entry. */
export function exportRegisterRows(register: RegisterExport, asAt: CivilDate): string[][] {
  const rows = register.entries.flatMap((entry) =>
    entry.kind === 'headline' || entry.onDay > asAt
      ? []
      : [cellsOf(entryAsAt(entry, asAt), register)],
  )
  if (rows.length === 0) return []
  return [
    exported.map((column) => registerColumns[column].heading),
    ...rows.map((cells) => exported.map((column) => cells[column] ?? '')),
  ]
}

function cellsOf(entry: Entry, { sheetRefs, names, scheme }: RegisterExport): Cells {
  const { id, project, onDay, closing } = entry
  const score = 'score' in entry ? entry.score : null
  const state = 'state' in entry ? stateByKey(scheme, entry.state) : scheme.blank
  return {
    milepostRef: entryName(entry),
    entryRef: sheetRefs.get(id),
    kind: capitalised(entry.kind),
    text: entry.text,
    about: project?.ref,
    likelihood: score && String(score.likelihood),
    impact: score && String(score.impact),
    state: state.key === scheme.blank.key ? '' : state.label,
    mitigation: 'mitigation' in entry ? entry.mitigation : null,
    proximity: 'proximity' in entry ? entry.proximity : null,
    owner: 'ownerId' in entry && entry.ownerId ? names.get(entry.ownerId) : null,
    review: 'reviewOn' in entry ? entry.reviewOn : null,
    neededBy: 'neededBy' in entry ? entry.neededBy : null,
    askedOf: 'askedOf' in entry ? entry.askedOf : null,
    dependsOn: 'dependsOn' in entry ? entry.dependsOn : null,
    raised: onDay,
    status: closing ? 'Closed' : 'Open',
    closed: closing?.onDay,
    outcome: closing?.outcome,
  }
}
