import type { CivilDate } from '../../../../base/dates.ts'
import { Refusal } from '../../../../base/errors.ts'
import { readTemplate } from '../../../../base/papers/read-template.ts'
import { listOf } from '../../../../base/text.ts'
import type { TemplateFile } from '../../../../domain/papers/template-store.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import type { ReadTx } from '../../../../infra/db.ts'
import { factsOfIssued, fillWithPaper } from '../house-style.ts'
import { composePaper, factsOf, type PaperLayout } from '../layout.ts'
import { layoutByKey } from '../layouts/registry.ts'
import { loadPaperSnapshot } from '../snapshot.ts'

export interface TemplateCheck {
  readonly programme: Programme
  /** The layout that it is for; null: all papers. */
  readonly layout: PaperLayout | null
  readonly today: CivilDate
}

export interface CheckedTemplate extends TemplateFile {
  /** Today's paper for the board in it; undefined where the plan has nothing yet that such a paper is about. */
  readonly trial?: {
    readonly layout: PaperLayout
    readonly bytes: Uint8Array
    /** The parts of the paper that it has no place for. */
    readonly leftOut: readonly string[]
  }
}

/** The paper with which a template for all of them is tried. */
const trialLayout = 'summary'

/**
 * A Word file of the office as it may be kept: safe, and tried with today's paper.
 * @throws Refusal as `readTemplate` and `fillTemplate` do, and where one for all papers names a part that only some have
 */
export async function checkTemplate(
  tx: ReadTx,
  { programme, layout: own, today }: TemplateCheck,
  sent: TemplateFile,
): Promise<CheckedTemplate> {
  const { fileName } = sent
  const bytes = readTemplate(sent.bytes, fileName)
  const layout = own ?? layoutByKey(trialLayout)
  const asked = { programme, today, asAt: today, reader: 'board', layout } as const
  const snapshot = await loadPaperSnapshot(tx, asked)
  if (own === null) {
    const facts = [...factsOf(snapshot).map(({ name }) => name), ...factsOfIssued]
    await requireInEveryPaper(bytes, fileName, facts)
  }
  const subject = layout.firstSubject?.(snapshot)
  if (layout.subject !== undefined && subject === undefined) return { fileName, bytes }
  const filled = await fillWithPaper(composePaper(layout, snapshot, subject), bytes)
  return { fileName, bytes, trial: { layout, ...filled } }
}

async function requireInEveryPaper(
  template: Uint8Array,
  fileName: string,
  facts: readonly string[],
): Promise<void> {
  const { isInEveryPaper, namesInTemplate } = await import(
    '../../../../base/papers/fill-template.ts'
  )
  const names = await namesInTemplate(template)
  const ofSome = names.filter((name) => !isInEveryPaper(name, facts))
  if (ofSome.length === 0) return
  const parts = listOf(ofSome.map((name) => `“${name}”`))
  throw new Refusal(
    `${fileName} asks for ${parts}, which not every paper has. Put {{paper}} there in its place, or send it for one paper alone: paper template of overview. Nothing was saved.`,
  )
}
