import type { DateStyle } from './date-styles.ts'
import type { Layout } from './layouts.ts'

/** A plan that a program of somebody else wrote into files/, of the sample tasks of a seed. */
export interface FileElsewhere {
  readonly file: string
  readonly what: string
  readonly program: string
  readonly seed: number
  readonly tells: Layout['tells']
  /** American: the month stands first. Month: no day is told. */
  readonly dates?: Extract<DateStyle, 'American'> | 'month'
}

export const filesElsewhere: readonly FileElsewhere[] = [
  {
    file: 'openpyxl-action-tracker.xlsx',
    what: 'title over merged cells, filled letters, links',
    program: 'openpyxl 3.1.5',
    seed: 101,
    tells: { group: true, state: true },
  },
  {
    file: 'openpyxl-milestone-table.xlsx',
    what: 'a table object; baseline, forecast, actual',
    program: 'openpyxl 3.1.5',
    seed: 102,
    tells: { group: true, state: true, done: true },
  },
  {
    file: 'openpyxl-cover-raid-plan.xlsx',
    what: 'cover, RAID log and plan as sheets',
    program: 'openpyxl 3.1.5',
    seed: 103,
    tells: { group: true, state: true, done: true },
  },
  {
    file: 'openpyxl-merged-sections.xlsx',
    what: 'sections across merged cells, a total never calculated',
    program: 'openpyxl 3.1.5',
    seed: 104,
    tells: { state: true },
  },
  {
    file: 'openpyxl-mac-1904.xlsx',
    what: 'days counted from 1904',
    program: 'openpyxl 3.1.5',
    seed: 105,
    tells: { state: true },
  },
  {
    file: 'xlsxwriter-smartsheet.xlsx',
    what: 'as Smartsheet exports, colours by conditional formats',
    program: 'XlsxWriter 3.2.9',
    seed: 106,
    tells: { group: true, state: true, done: true },
  },
  {
    file: 'xlsxwriter-ms-project.xlsx',
    what: 'as Microsoft Project exports, days with an hour, summary tasks',
    program: 'XlsxWriter 3.2.9',
    seed: 107,
    tells: { group: true, done: true },
  },
  {
    file: 'xlsxwriter-rich-text.xlsx',
    what: 'titles partly bold, notes of cells, days in words',
    program: 'XlsxWriter 3.2.9',
    seed: 108,
    tells: { group: true, state: true },
  },
  {
    file: 'xlsxwriter-gantt.xlsx',
    what: 'a Gantt chart with weeks as headings',
    program: 'XlsxWriter 3.2.9',
    seed: 109,
    tells: { group: true, state: true },
  },
  {
    file: 'csv-azure-devops.csv',
    what: 'as Azure DevOps exports, owners with addresses',
    program: 'Python 3 csv',
    seed: 110,
    tells: { done: true },
  },
  {
    file: 'csv-google-american.csv',
    what: 'Google Sheets in America',
    program: 'Python 3 csv',
    seed: 111,
    tells: { group: true, state: true },
    dates: 'American',
  },
  {
    file: 'csv-ms-project-weekdays.csv',
    what: 'Microsoft Project, days with weekdays, Windows-1252',
    program: 'Python 3 csv',
    seed: 112,
    tells: { done: true },
  },
  {
    file: 'csv-jira-repeated-columns.csv',
    what: 'Jira, headings that come twice',
    program: 'Python 3 csv',
    seed: 113,
    tells: { group: true, done: true },
  },
  {
    file: 'csv-primavera.csv',
    what: 'Primavera P6, two rows of headings, days with an hour',
    program: 'Python 3 csv',
    seed: 114,
    tells: { group: true, done: true },
  },
  {
    file: 'exceljs-rich-text-mailto.xlsx',
    what: 'rich text, owners that are links',
    program: 'ExcelJS 4.4.0',
    seed: 120,
    tells: { group: true, state: true },
  },
  {
    file: 'exceljs-formulas.xlsx',
    what: 'formulas with values, a hidden column and sheet',
    program: 'ExcelJS 4.4.0',
    seed: 121,
    tells: { group: true, state: true },
  },
  {
    file: 'exceljs-streamed.xlsx',
    what: 'texts within cells, days with a zone',
    program: 'ExcelJS 4.4.0',
    seed: 122,
    tells: { group: true, state: true },
  },
  {
    file: 'exceljs-monday.xlsx',
    what: 'as Monday exports, headings in each group',
    program: 'ExcelJS 4.4.0',
    seed: 123,
    tells: { group: true, done: true },
  },
  {
    file: 'exceljs-two-headings-key.xlsx',
    what: 'merged headings over headings, a key below',
    program: 'ExcelJS 4.4.0',
    seed: 124,
    tells: { group: true, state: true },
  },
  {
    file: 'sheetjs-objects.xlsx',
    what: 'names of a program as headings',
    program: 'SheetJS 0.18.5',
    seed: 125,
    tells: { group: true, state: true, done: true },
  },
  {
    file: 'sheetjs-texts.xlsx',
    what: 'days as texts',
    program: 'SheetJS 0.18.5',
    seed: 126,
    tells: { state: true },
  },
  {
    file: 'sheetjs-semicolons.csv',
    what: 'semicolons, days with dots',
    program: 'SheetJS 0.18.5',
    seed: 127,
    tells: { group: true, state: true },
  },
  {
    file: 'sheetjs-unicode.txt',
    what: 'UTF-16 and tabs, as GitHub projects export',
    program: 'SheetJS 0.18.5',
    seed: 128,
    tells: { done: true },
  },
  {
    file: 'xlsx-populate-cqc.xlsx',
    what: 'must do and should do actions',
    program: 'xlsx-populate 1.21.0',
    seed: 129,
    tells: { group: true, state: true },
  },
  {
    file: 'excel4node-portfolio.xlsx',
    what: 'a portfolio report',
    program: 'excel4node 1.8.2',
    seed: 130,
    tells: { group: true, state: true },
  },
  {
    file: 'write-excel-file-revised.xlsx',
    what: 'original and revised days',
    program: 'write-excel-file 4.1.1',
    seed: 131,
    tells: { group: true, state: true },
  },
  {
    file: 'papaparse-trello.csv',
    what: 'as Trello exports',
    program: 'Papa Parse 5.7.1',
    seed: 132,
    tells: { group: true, done: true },
  },
  {
    file: 'papaparse-clickup-milliseconds.csv',
    what: 'as ClickUp exports, days in milliseconds',
    program: 'Papa Parse 5.7.1',
    seed: 133,
    tells: { group: true, done: true },
  },
  {
    file: 'papaparse-notion.csv',
    what: 'as Notion exports',
    program: 'Papa Parse 5.7.1',
    seed: 134,
    tells: { group: true, done: true },
  },
  {
    file: 'papaparse-planner.csv',
    what: 'Planner in America',
    program: 'Papa Parse 5.7.1',
    seed: 135,
    tells: { group: true, done: true },
  },
  {
    file: 'papaparse-quarters.csv',
    what: 'months alone',
    program: 'Papa Parse 5.7.1',
    seed: 136,
    tells: { group: true, state: true },
    dates: 'month',
  },
]
