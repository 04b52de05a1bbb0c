import { createChartWorker } from '../../../base/charts/worker.ts'
import { Refusal } from '../../../base/errors.ts'
import {
  type DrawChart,
  drawFigures,
  type WrittenPaper,
} from '../../../base/papers/draw-figures.ts'
import { type Paper, paper } from '../../../base/papers/paper.ts'
import { writeWorkbook } from '../../../base/papers/write-workbook.ts'

/** The writers of Word files and PDFs take 50 MB and a sixth of a second to load: the first paper loads them. */
export const paperFormats = {
  docx: {
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: async (one: Paper, _at: Date, draw: DrawChart) => {
      const { writeDocx } = await import('../../../base/papers/write-docx.ts')
      return writeDocx(await drawFigures(one, draw))
    },
  },
  pdf: {
    contentType: 'application/pdf',
    write: async (one: Paper, at: Date, draw: DrawChart) => {
      const { writePdf } = await import('../../../base/papers/write-pdf.ts')
      return writePdf(await drawFigures(one, draw), at)
    },
  },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: async (one: Paper) => writeWorkbook(one),
  },
}
export type PaperFormat = keyof typeof paperFormats

/** The format that a file name asks for by its ending. @throws Refusal for any other ending */
export function paperFormatOf(fileName: string): PaperFormat {
  const ending = /\.(docx|pdf|xlsx)$/i.exec(fileName)?.[1]?.toLowerCase()
  if (ending === 'docx' || ending === 'pdf' || ending === 'xlsx') return ending
  throw new Refusal(
    `${fileName} ends with none of .docx, .pdf and .xlsx. Nothing was written; give it one of these endings.`,
  )
}

/** Papers come one at a time: the thread that draws their figures ends soon after one. */
const charts = createChartWorker(3_000)
const drawInThread: DrawChart = (chart) => charts.render(chart)

/** The bytes of a paper. @param at the moment it is made, UTC */
export function writePaper(
  composed: Paper,
  format: PaperFormat,
  at: Date,
  draw = drawInThread,
): Promise<Uint8Array> {
  return paperFormats[format].write(paper.parse(composed), at, draw)
}

/** A paper with its figures drawn, for an office's own Word file. */
export function drawPaper(composed: Paper): Promise<WrittenPaper> {
  return drawFigures(paper.parse(composed), drawInThread)
}
