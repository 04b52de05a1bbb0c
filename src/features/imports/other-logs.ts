import { Refusal } from '../../base/errors.ts'
import type { Sheet, SheetRow } from '../../base/sheets/read-sheet.ts'
import { headingForms } from './formats/sheet-format.ts'
import { spaced } from './name-words.ts'

/**
 * Logs that offices keep beside a plan and that have titles, owners, days and states as a plan has: change requests,
 * lessons, stakeholders, assumptions. Read as tasks, each request would become a project that nobody agreed to.
 */
interface LogKind {
  /** As a message names what it lists. */
  readonly what: string
  /** Of its sheet or its file. */
  readonly name: RegExp
  /** Its first heading: a log begins with the number of what it lists, or with its name. */
  readonly first: RegExp
  /** A heading that makes it a plan all the same. */
  readonly plan?: RegExp
}

const number = '(?:id|no|number|ref|reference|#)'

const logKinds: readonly LogKind[] = [
  {
    what: 'change requests',
    name: /\bchange (?:requests?|control)(?: (?:log|register))?$|\b(?:change|cr) (?:log|register)$/,
    first: new RegExp(`^(?:cr|rfc|change|change request)s?(?: ${number}|#)$|^change requests?$`),
  },
  {
    what: 'lessons',
    name: /\blessons?(?: (?:learned|learnt))?(?: (?:log|register))?$/,
    first: new RegExp(`^lessons?(?: (?:learned|learnt))?(?: ${number})?$`),
  },
  {
    what: 'stakeholders',
    name: /\bstakeholders?(?: (?:log|register|list|map|analysis))?$/,
    first: new RegExp(`^stakeholders?(?: (?:name|group|${number}))?$`),
    // Who is told what by when is a plan.
    plan: /^(?:actions?|tasks?|activit(?:y|ies)|milestones?|messages?)$/,
  },
  {
    what: 'assumptions',
    name: /\bassumptions?(?: (?:log|register))?$/,
    first: new RegExp(`^assumptions?(?: ${number})?$`),
  },
]

/** How far down a sheet its headings are looked for. */
const rowsSearched = 30

/** What such a log lists: "change requests"; undefined of any other sheet. */
export function otherLog({ rows, name = '', fileName, format }: Sheet): string | undefined {
  const called = spaced(format === 'csv' ? fileName : name)
  const lines = rows.slice(0, rowsSearched).map(headingsIn)
  return logKinds.find(({ name: ofLog, first, plan }) => {
    const isLog = ofLog.test(called) || lines.some(([heading = []]) => heading.some(matches(first)))
    return isLog && !(plan && lines.flat(2).some(matches(plan)))
  })?.what
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text)

/** The forms of each heading of a row; a title alone is none. */
function headingsIn({ cells }: SheetRow): string[][] {
  const filled = cells.filter((cell) => cell.trim() !== '')
  return filled.length < 3 ? [] : filled.map(headingForms)
}

/** @throws Refusal for such a log, unless a person says what it is */
export function assertNoOtherLog(sheet: Sheet, shape: string | undefined): void {
  const what = shape === undefined ? otherLog(sheet) : undefined
  if (what === undefined) return
  throw new Refusal(
    `${sheet.fileName} is a log of ${what}, and Milepost keeps none: its rows are no projects. Nothing was imported. If it is a plan all the same, say what kind of sheet it is: --shape tracker.`,
  )
}
