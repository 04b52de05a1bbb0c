import { Refusal } from '../../../base/errors.ts'
import type { FilledTemplate } from '../../../base/papers/fill-template.ts'
import type { Paper } from '../../../base/papers/paper.ts'
import { listOf } from '../../../base/text.ts'
import type { TemplateFile } from '../../../domain/papers/template-store.ts'
import { drawPaper, type PaperFormat, writePaper } from './write-paper.ts'

/** Facts that only a paper with a number has, or only some of these: a template may ask every paper for them. */
export const factsOfIssued = [
  ...['Paper', 'Corrects', 'Drafted', 'Approved', 'Issued', 'Meeting'],
] as const

export interface Style {
  readonly format: PaperFormat
  /** The moment that the file says it was made, UTC. */
  readonly at: Date
  /** The office's own Word file; undefined: none. */
  readonly template: TemplateFile | undefined
}

export interface WrittenFile {
  readonly bytes: Uint8Array
  /** What its readers have to know of the template, in sentences. */
  readonly remarks: readonly string[]
  /** Why it is not in the office's own Word file. */
  readonly templateFault?: string
}

/**
 * The bytes of a paper: a Word file in the office's own one, where it keeps one. A template that does not fit, by now, is
 * told, and the paper is written in the plain style: nobody waits for a paper because of its looks.
 */
export async function writeInHouseStyle(
  paper: Paper,
  { format, at, template }: Style,
): Promise<WrittenFile> {
  const plain = () => writePaper(paper, format, at)
  if (format !== 'docx' || !template) return { bytes: await plain(), remarks: [] }
  try {
    return await putIntoTemplate(paper, template)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const templateFault = `${template.fileName} could not be used. ${error.message.replace(/ Nothing was written\.$/, '')}`
    const remarks = [`${templateFault} So the paper is in the plain style.`]
    return { bytes: await plain(), remarks, templateFault }
  }
}

/** @throws Refusal as `fillTemplate` does */
export async function putIntoTemplate(
  paper: Paper,
  { fileName, bytes: template }: TemplateFile,
): Promise<WrittenFile> {
  const { bytes, leftOut } = await fillWithPaper(paper, template)
  const without = `${fileName} has no place for these parts, so they are not in it: ${listOf(leftOut)}.`
  return { bytes, remarks: leftOut.length > 0 ? [without] : [] }
}

/** @throws Refusal as `fillTemplate` does */
export async function fillWithPaper(paper: Paper, template: Uint8Array): Promise<FilledTemplate> {
  const drawn = await drawPaper(paper)
  const { fillTemplate } = await import('../../../base/papers/fill-template.ts')
  return fillTemplate(drawn, template, factsOfIssued)
}
