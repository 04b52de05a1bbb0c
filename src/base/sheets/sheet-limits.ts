/** What a plan can need, several times over. Each limit is checked before what follows it is read. */
export const sheetLimits = {
  /** Of the file. */
  bytes: 10 * 1024 * 1024,
  /** Of the parts of a workbook that describe cells, together. */
  unpackedBytes: 50 * 1024 * 1024,
  /** Files within a workbook: sheets, pictures, settings. */
  parts: 2_000,
  sheets: 100,
  /** Elements of XML in one part: 250,000 cells have a million. */
  elements: 1_500_000,
  rows: 20_000,
  columns: 500,
  /** Cells that hold something. */
  cells: 250_000,
  /** Of one cell, which has fewer. Excel's own limit is 32,767. */
  cellCharacters: 50_000,
  /** Of all cells: a workbook holds a text once that many cells show. */
  characters: 10_000_000,
}

/** A file goes beyond a limit. `excess` completes "plan.xlsx …". */
export class SheetLimitExceeded extends Error {
  override readonly name = 'SheetLimitExceeded'
  readonly excess: string

  constructor(excess: string) {
    super(excess)
    this.excess = excess
  }
}

const formatCount = (count: number) => count.toLocaleString('en-GB')

export const limitExceeded = {
  unpacked: () =>
    new SheetLimitExceeded(
      `unpacks to more than ${sheetLimits.unpackedBytes / 1024 / 1024} MB, too much for a plan`,
    ),
  parts: () =>
    new SheetLimitExceeded(
      `holds more than ${formatCount(sheetLimits.parts)} files, too many for a workbook`,
    ),
  sheets: () => new SheetLimitExceeded(`has more than ${sheetLimits.sheets} sheets`),
  elements: () =>
    new SheetLimitExceeded(
      `is described by more than ${formatCount(sheetLimits.elements)} elements, too many for a plan`,
    ),
  rows: (row: number) =>
    new SheetLimitExceeded(
      `goes down to row ${formatCount(row)}; a plan has at most ${formatCount(sheetLimits.rows)} rows`,
    ),
  columns: (place: string) =>
    new SheetLimitExceeded(
      `goes further right than ${sheetLimits.columns} columns, which is all that a plan may have (${place})`,
    ),
  cells: () =>
    new SheetLimitExceeded(`has more than ${formatCount(sheetLimits.cells)} filled cells`),
  cellCharacters: (place: string) =>
    new SheetLimitExceeded(
      `has a cell of ${formatCount(sheetLimits.cellCharacters)} characters or more (${place}), more than a plan can need; often a quotation mark is missing`,
    ),
  characters: () =>
    new SheetLimitExceeded(
      `shows more than ${formatCount(sheetLimits.characters)} characters, too many for a plan`,
    ),
}
