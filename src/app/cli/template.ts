import { basename } from 'node:path'
import type { Command, Option } from 'commander'
import { Refusal } from '../../base/errors.ts'
import { fileFormatOf } from '../../base/sheets/file-format.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { buildTemplate } from '../../features/imports/template/template.ts'
import { writeFileAtomically } from './files.ts'
import { withStore } from './store.ts'

/** `template`: writes a blank plan to fill in. */
export function addTemplateCommand(
  program: Command,
  { programmeOption }: { readonly programmeOption: Option },
): void {
  program
    .command('template')
    .description('write a blank plan to fill in (.xlsx), with the programme’s states and people')
    .addOption(programmeOption)
    .requiredOption('--out <file>', 'the file to write')
    .action(async ({ programme, out }: { programme: string; out: string }) => {
      if (fileFormatOf(basename(out)) !== 'xlsx') {
        throw new Refusal(
          `${basename(out)} would have no lists to choose from: give it the ending .xlsx. Nothing was written.`,
        )
      }
      const bytes = await withStore(program, async (tx) =>
        buildTemplate(tx, await programmeByKey(tx, programme)),
      )
      await writeFileAtomically(out, bytes)
      console.log(`Wrote ${out}.`)
    })
}
