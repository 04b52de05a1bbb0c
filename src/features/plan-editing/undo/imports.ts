import { Refusal } from '../../../base/errors.ts'
import { plural } from '../../../base/text.ts'
import { builtOnImport } from '../../../domain/imports/built-on.ts'
import {
  findStandingImport,
  latestImportBy,
  type PlanImport,
} from '../../../domain/imports/import-store.ts'
import { withdrawImport } from '../../../domain/imports/withdraw-import.ts'
import { officeProvenance, withdrawalBy } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Sheets that were imported: taken back whole, or not at all. */
export const imports = undoableKind(
  'import',
  { find: findStandingImport, latest: latestImportBy },
  undoableImport,
)

/** A list that is longer is not read. */
const maxListed = 10

export function undoableImport(done: PlanImport): Undoable {
  const { programmeId, fileName, byId, at } = done
  return {
    ...{ programmeId, byId, at, projectId: null },
    takeBack: async (context, reason) => {
      const builtOn = await builtOnImport(context.tx, done)
      if (builtOn.length > 0) throw new Refusal(builtOnText(fileName, builtOn))
      const withdrawal = withdrawalBy(context, reason)
      await withdrawImport(context.tx, done, withdrawal, officeProvenance(context))
      return {
        lines: [
          `Taken back: the import of ${fileName}. The plan is what it was before it.`,
          'The history keeps both. Send the sheet again to import it again.',
        ],
      }
    },
  }
}

function builtOnText(fileName: string, builtOn: readonly string[]): string {
  const more = builtOn.length - maxListed
  return [
    `Others have built on the import of ${fileName} since. Nothing was changed: it is taken back whole, or not at all.`,
    ...builtOn.slice(0, maxListed).map((line) => `${line}.`),
    ...(more > 0 ? [`And ${plural(more, 'more thing')}.`] : []),
    'Take these back first, or put the plan right with a corrected sheet.',
  ].join('\n')
}
