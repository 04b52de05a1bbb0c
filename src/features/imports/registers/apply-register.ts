import { MemberResolver } from '../../../domain/people/member-resolver.ts'
import { withRoleHistory } from '../../../domain/people/role-history.ts'
import { reviewedFieldsOf } from '../../../domain/register/as-at.ts'
import type { EntryDetails } from '../../../domain/register/entry.ts'
import { addImportedEntry, appendSheetWord } from '../../../domain/register/imported-entries.ts'
import { stateOfScore } from '../../../domain/register/risk-score.ts'
import type { Scheme } from '../../../domain/scheme/schemes.ts'
import { type ImportContext, importProvenance } from '../import-context.ts'
import type { EntryRow } from '../parsed-plan.ts'
import type { EntryWord, RegisterDiff } from './diff-register.ts'
import { projectNamed } from './fixed-fields.ts'
import { numberOf } from './match-entries.ts'

/** Writes what a sheet adds to the register and says anew of it, in the caller's transaction. */
export async function applyRegister(
  to: ImportContext,
  { added, words }: RegisterDiff,
  scheme: Scheme,
): Promise<void> {
  if (added.length + words.length === 0) return
  const said = importProvenance(to)
  const { tx, programmeId, importId } = to
  const members = await MemberResolver.load(tx, programmeId, to.now)
  const projects = await projectFinder(to)
  await withRoleHistory(tx, { programmeId, said, importId }, async () => {
    const ownerOf = async (name: string | null | undefined) =>
      name ? await members.resolveAnswerable(name) : null
    for (const row of added) {
      const ownerId = await ownerOf(row.owner)
      await addRow(to, row, { scheme, ownerId, projects })
    }
    for (const word of words) await addWord(to, word, await ownerOf(word.fields.owner))
  })
}

interface RowContext {
  readonly scheme: Scheme
  readonly ownerId: string | null
  readonly projects: ProjectFinder
}

async function addRow(to: ImportContext, row: EntryRow, context: RowContext): Promise<void> {
  const { asOf } = to
  const said = importProvenance(to)
  const onDay = row.raisedOn ?? asOf
  const entry = {
    details: detailsOf(row, context),
    sheetRef: row.ref === '' ? null : row.ref,
    number: numberOf(row),
    projectId: context.projects(row.about)?.id ?? null,
    onDay,
  }
  const entryId = await addImportedEntry(to.tx, to, entry, said)
  if (row.isClosed !== true) return
  // Without its day, all that is known is that it was over when the sheet came.
  const closing = { outcome: row.outcome, onDay: row.closedOn ?? onDay }
  const { fileName } = to
  const word = { entryId, fields: null, closing, isReopened: false, sheetRef: null, fileName }
  await appendSheetWord(to.tx, word, said)
}

function detailsOf(row: EntryRow, { scheme, ownerId, projects }: RowContext): EntryDetails {
  const { kind, text, mitigation, score, proximity, reviewOn, neededBy, askedOf } = row
  const rated = row.state ?? (score ? stateOfScore(score, scheme).key : scheme.blank.key)
  switch (kind) {
    case 'risk':
      return { kind, text, mitigation, state: rated, score, proximity, ownerId, reviewOn }
    case 'issue':
      return { kind, text, mitigation, state: rated, ownerId, reviewOn }
    case 'action':
      return { kind, text, ownerId, neededBy }
    case 'decision':
      return { kind, text, askedOf, neededBy }
    case 'dependency': {
      const awaited = projects(row.dependsOn)
      const dependsOn = awaited?.ref ?? row.dependsOn ?? text
      return {
        kind,
        text: row.dependsOn === null ? '' : text,
        ...{ dependsOn, dependsOnId: awaited?.id ?? null },
      }
    }
  }
}

async function addWord(
  to: ImportContext,
  { stored, fields, closing, isReopened, sheetRef }: EntryWord,
  ownerId: string | null,
): Promise<void> {
  const { entry } = stored
  const { owner, ...changed } = fields
  const before = reviewedFieldsOf(entry)
  const isReviewed = Object.keys(fields).length > 0
  const after = { ...before, ...changed, ...(owner ? { ownerId } : {}) }
  const { tx, fileName } = to
  const word = { entryId: entry.id, fields: isReviewed ? after : null, fileName }
  await appendSheetWord(tx, { ...word, closing, isReopened, sheetRef }, importProvenance(to))
}

type ProjectFinder = (
  named: string | null,
) => { readonly id: string; readonly ref: string } | undefined

/** By number, with or without the title behind it, or by title. */
async function projectFinder({ tx, programmeId }: ImportContext): Promise<ProjectFinder> {
  const select = { id: true, ref: true, title: true }
  const rows = await tx.project.findMany({ where: { programmeId }, select })
  return (named) => (named === null ? undefined : projectNamed(named, rows))
}
