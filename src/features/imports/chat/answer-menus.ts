import { shorten } from '../../../base/text.ts'
import type { Scheme } from '../../../domain/scheme/schemes.ts'
import type { PlanDiff } from '../diff-types.ts'
import type { ImportChoices } from '../drafts/draft.ts'
import type { OpenQuestions } from '../parse-plan.ts'
import type { ProjectRow } from '../parsed-plan.ts'
import type { BlankRatingView } from '../result.ts'
import { type BlankFate, blankFates, type SheetAnswers } from '../settings.ts'
import { stateMeanings } from '../state-words.ts'

/**
 * Menus for what a sheet leaves open: which sheet of the workbook, the order of its dates, what its words for states
 * mean, whether a rating stays whose cell is empty, and what was taken for something in the plan because it reads nearly the same.
 */

const orderId = 'date-order'
const sheetId = 'sheet'
const samePrefix = 'same-row-'
const wordPrefix = 'state-'
const blankPrefix = 'blank-'
/** The text of the form, which is its card's. */
const reasonId = 'reason'
const unanswered = 'ask'

interface AnswerMenu {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly choices: { readonly title: string; readonly value: string }[]
}

/** In characters: a menu's id holds its word, and has a limit. */
const maxWordLength = 60
const maxWordMenus = 8
const maxSameMenus = 8
const maxBlankMenus = 12
/** In characters, of the name of a workbook's sheet: Excel's own limit. */
const maxSheetName = 31

/** Which sheet of a workbook is meant, where a person sees several. */
export function sheetMenu(names: readonly string[], chosen: string | undefined): AnswerMenu[] {
  const shown = names.filter((name) => name.length <= maxSheetName).slice(0, 20)
  if (shown.length < 2 || chosen === undefined) return []
  const choices = shown.map((name) => ({ title: name, value: name }))
  return [{ id: sheetId, label: 'Which sheet of the workbook', value: chosen, choices }]
}

/** A row that was taken for something in the plan in nearly its words. */
export interface RewordedRow {
  readonly row: number
  readonly before: string
  readonly now: string
  /** It has another number in the sheet than in the plan. */
  readonly isRenumbered?: boolean
}

export function rewordedRows(
  { changed }: Pick<PlanDiff, 'changed'>,
  projects: readonly Pick<ProjectRow, 'ref' | 'row'>[],
  hasOwnNumbers: boolean,
): RewordedRow[] {
  const rows = new Map(projects.map(({ ref, row }) => [ref, row]))
  return changed.flatMap((change) => {
    const { what, field, from, to, ref } = change
    const row =
      what === 'milestone' ? change.milestone.row : what === 'measure' ? change.row : rows.get(ref)
    if (what === 'project' && field === 'number') {
      const { title = '' } = change
      return row
        ? [{ row, before: `${from} ${title}`, now: `${to} ${title}`, isRenumbered: true }]
        : []
    }
    const isReworded =
      (what === 'milestone' && field === 'about') ||
      (what === 'measure' && field === 'title') ||
      (what === 'project' && field === 'title' && !hasOwnNumbers)
    return isReworded && row && from && to ? [{ row, before: from, now: to }] : []
  })
}

export const sameMenus = (reworded: readonly RewordedRow[]): AnswerMenu[] =>
  oneOfEachRow(reworded)
    .slice(0, maxSameMenus)
    .map(({ row, before, now, isRenumbered }) => ({
      id: `${samePrefix}${row}`,
      label: `Row ${row}, “${shorten(now, 60)}”`,
      value: 'same',
      choices: [
        { title: `The same as “${shorten(before, 40)}”`, value: 'same' },
        { title: isRenumbered ? 'Another: go by its number' : 'New in the plan', value: 'new' },
      ],
    }))

/** One answer speaks for a row, whatever of it was taken for the same. */
const oneOfEachRow = (reworded: readonly RewordedRow[]): RewordedRow[] =>
  reworded.filter(({ row }, at) => reworded.findIndex((one) => one.row === row) === at)

const hexId = (prefix: string, text: string): string =>
  `${prefix}${Buffer.from(text).toString('hex')}`
const textOf = (prefix: string, id: string): string =>
  Buffer.from(id.slice(prefix.length), 'hex').toString('utf8')

/** Whether a Red or an Amber stays whose cell is empty, as it was answered last. */
export const blankMenus = (
  blanks: readonly BlankRatingView[],
  answered: SheetAnswers['blanks'] = {},
): AnswerMenu[] =>
  blanks.slice(0, maxBlankMenus).map(({ item, title, row, state }) => ({
    id: hexId(blankPrefix, item),
    label: `Row ${row}, ${item} “${shorten(title, 40)}”: was ${state}, now empty`,
    value: answered[item] ?? unanswered,
    choices: [
      { title: 'Not answered', value: unanswered },
      { title: `It stays ${state}`, value: 'keep' },
      { title: 'It is not rated any more', value: 'not rated' },
    ],
  }))

export function answerMenus(
  { states, isDateOrderOpen }: OpenQuestions,
  scheme: Scheme,
): AnswerMenu[] {
  const words = states.filter((word) => word.length <= maxWordLength).slice(0, maxWordMenus)
  return [
    ...(isDateOrderOpen
      ? [
          {
            id: orderId,
            label: 'Dates such as 04/03/2027',
            value: unanswered,
            choices: [
              { title: 'Not answered', value: unanswered },
              { title: 'Day first: 4 March', value: 'day first' },
              { title: 'Month first: 3 April', value: 'month first' },
            ],
          },
        ]
      : []),
    ...words.map((word) => ({
      id: hexId(wordPrefix, word),
      label: `“${shorten(word, 40)}” means`,
      value: unanswered,
      choices: [{ title: 'Not answered', value: unanswered }, ...stateMeanings(scheme)],
    })),
  ]
}

/** The choices with what was answered in the menus. `shownSheet`: of the workbook, that the menus were about. */
export function withAnswers(
  choices: ImportChoices,
  args: Readonly<Record<string, unknown>>,
  shownSheet?: string,
): ImportChoices {
  const said = Object.entries(args).flatMap(([id, value]): [string, string][] =>
    typeof value === 'string' && value !== unanswered ? [[id, value]] : [],
  )
  const states = said.flatMap(([id, value]): [string, string][] =>
    id.startsWith(wordPrefix) ? [[textOf(wordPrefix, id), value]] : [],
  )
  const order = said.find(([id]) => id === orderId)?.[1]
  const blanks = said.flatMap(([id, value]): [string, BlankFate][] => {
    const fate = blankFates.find((one) => one === value)
    return id.startsWith(blankPrefix) && fate ? [[textOf(blankPrefix, id), fate]] : []
  })
  const others = withOtherChoices(choices, said, shownSheet)
  if (states.length + blanks.length === 0 && order === undefined) return others
  const before = choices.answers
  const dates = order === 'month first' || order === 'day first' ? order : before?.dates
  const reason = blanks.length > 0 ? said.find(([id]) => id === reasonId)?.[1].trim() : undefined
  return {
    ...others,
    answers: {
      ...before,
      states: { ...before?.states, ...Object.fromEntries(states) },
      ...(dates ? { dates } : {}),
      ...(blanks.length > 0
        ? { blanks: { ...before?.blanks, ...Object.fromEntries(blanks) } }
        : {}),
      ...(reason ? { blankReason: reason } : {}),
    },
  }
}

/** The sheet, and the rows that are new. Another sheet has other rows and headings. */
function withOtherChoices(
  choices: ImportChoices,
  said: readonly [id: string, value: string][],
  shownSheet: string | undefined,
): ImportChoices {
  const sheet = said.find(([id]) => id === sheetId)?.[1]
  if (sheet !== undefined && sheet !== shownSheet) {
    const { newRows: _, shape: __, ...rest } = choices
    return { ...rest, sheet, mapping: {} }
  }
  const newRows = said.flatMap(([id, value]) =>
    id.startsWith(samePrefix) && value === 'new' ? [Number(id.slice(samePrefix.length))] : [],
  )
  if (sheet === undefined && newRows.length === 0) return choices
  const allNew = [...new Set([...(choices.newRows ?? []), ...newRows])]
  return {
    ...choices,
    ...(sheet === undefined ? {} : { sheet }),
    ...(allNew.length > 0 ? { newRows: allNew } : {}),
  }
}
