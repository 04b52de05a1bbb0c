import { z } from 'zod'
import { civilDate, isCivilDate } from '../../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../../base/errors.ts'
import { readSheets } from '../../../base/sheets/read-sheet.ts'
import { capitalised, fold, quoted, shorten } from '../../../base/text.ts'
import {
  type Command,
  defineCommand,
  type FormState,
  optionalText,
  type QueryContext,
} from '../../../chat/commands.ts'
import { listProblems } from '../../../chat/form-problems.ts'
import { slot } from '../../../chat/grammar.ts'
import { questionMark } from '../../../chat/question-cards.ts'
import { schemeOf } from '../../../domain/scheme/schemes.ts'
import { importChoicesFormCard } from '../cards.ts'
import { chooseSheet, visibleNames } from '../choose-sheet.ts'
import type { ImportChoices } from '../drafts/draft.ts'
import { changeDraft } from '../drafts/draft-store.ts'
import type { SheetFormat } from '../formats/sheet-format.ts'
import { type ColumnMapping, guessHeadings, type HeadingMapping } from '../headings.ts'
import { otherLog } from '../other-logs.ts'
import { type ColumnView, columnViews } from '../preview/column-views.ts'
import { importRegistries } from '../registries.ts'
import { mappingSetting } from '../settings.ts'
import { withStackedParts } from '../stacked-parts.ts'
import {
  answerMenus,
  blankMenus,
  rewordedRows,
  sameMenus,
  sheetMenu,
  withAnswers,
} from './answer-menus.ts'
import { importNames } from './buttons.ts'
import { assertNoChildInReason } from './child-in-reason.ts'
import { requirePlacedDraft } from './find-draft.ts'
import { readDraft } from './plan-sheets.ts'
import type { PlacedDraft, SheetKind } from './sheet-kind.ts'
import { showDraft } from './show-preview.ts'

/** What the headings of a sheet mean, corrected by menus or by a line. It is remembered once the sheet is imported. */

/** Menus of one form: a request holds at most fifty fields. */
const maxMenus = 46
const unread = 'ignore'
const menuPrefix = 'column-'

interface HeadingsView {
  /** The name of the sheet of a workbook; undefined for a text file. */
  readonly sheetName: string | undefined
  /** What the sheet leaves open; nothing where it could not be read. */
  readonly answers: ReturnType<typeof answerMenus>
  readonly format: SheetFormat
  readonly columns: readonly ColumnView[]
  /** It was no plan by its headings, so that the kind that is sent is a person's word. */
  readonly isGuess: boolean
  /** It may take ratings away, which needs a reason. */
  readonly asksReason: boolean
}

/** What the headings were taken for: as read, or as guessed where the sheet could not be read. @throws Refusal */
async function headingsOf({ tx }: QueryContext, draft: PlacedDraft): Promise<HeadingsView> {
  const { asOf, bytes, fileName, choices, programme } = draft
  try {
    const { sheet, sheetNames, file, settings, result } = await readDraft(tx, draft)
    const scheme = schemeOf(settings)
    const columns = columnViews(sheet, file, { asOf, scheme })
    return {
      sheetName: sheet.name,
      format: file.headings.sheetFormat,
      columns,
      isGuess: false,
      asksReason: result.blankRatings.length > 0,
      answers: [
        ...sheetMenu(sheetNames, sheet.name),
        ...answerMenus(file.open, scheme),
        ...blankMenus(result.blankRatings, draft.choices.answers?.blanks),
        ...sameMenus(
          rewordedRows(result.difference, file.projects, file.headings.columns.has('ref')),
        ),
      ],
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { shape, mapping } = choices
    const savedMapping = mappingSetting.of(programme.settings)
    const options = { shape, mapping, savedMapping }
    const sheets = withStackedParts(await readSheets(bytes, fileName), asOf, options)
    const sheet = chooseSheet(sheets, asOf, options, choices.sheet)
    const guess = guessHeadings(sheet, asOf, options)
    if (!guess) throw error
    const columns = guess.columnMappings.map((one) => ({ ...one, title: null, examples: [] }))
    return {
      sheetName: sheet.name,
      format: guess.sheetFormat,
      columns,
      isGuess: otherLog(sheet) !== undefined,
      asksReason: false,
      answers: sheetMenu(visibleNames(sheets), sheet.name),
    }
  }
}

async function headingsForm(context: QueryContext, { values, problems }: FormState) {
  const draft = await requirePlacedDraft(context, z.string().optional().parse(values.draft))
  const { format, columns, answers, asksReason } = await headingsOf(context, draft)
  const meanings = [
    ...Object.entries(format.columns).map(([value, { heading }]) => ({ title: heading, value })),
    { title: 'Not read', value: unread },
  ]
  return importChoicesFormCard({
    heading: 'What the headings mean',
    intro:
      'Choose another meaning where one is wrong, and I show the sheet again. It is remembered for the next sheet once this one is imported.',
    problems: listProblems(problems),
    menus: [
      ...answers,
      {
        id: 'shape',
        label: 'What kind of sheet it is',
        value: format.key,
        choices: importRegistries.formats.map(({ key, description }) => ({
          title: capitalised(description),
          value: key,
        })),
      },
      ...columns.slice(0, maxMenus - answers.length).map((column) => ({
        id: `${menuPrefix}${column.column}`,
        label: columnLabel(column),
        value: column.meaning ?? unread,
        choices: meanings,
      })),
    ],
    reason: {
      label: asksReason ? 'Why is it not rated any more? Needed where its row does not say it' : '',
      value: asksReason ? String(values.reason ?? draft.choices.answers?.blankReason ?? '') : '',
    },
    day: { label: 'The day the sheet speaks for', value: draft.asOf },
    submit: {
      title: 'Show it again',
      verb: importNames.headings,
      // The preview is a question: the new one takes the place of the one from which the form was opened.
      data: { draft: draft.id, ...questionMark },
    },
  })
}

function columnLabel({ column, heading, over, examples }: ColumnView): string {
  const name = over ? `${over} / ${heading}` : heading
  const [example] = examples
  const such = example ? `, such as ${quoted(shorten(example.raw, 60))}` : ''
  return `${column} ${quoted(name)}${such}`
}

/** The choices after these columns were given other meanings; those that stay the same are not recorded. */
export function withMeanings(
  choices: ImportChoices,
  columns: readonly ColumnMapping[],
  meanings: ReadonlyMap<string, string>,
): ImportChoices {
  const changed = columns.flatMap((column): [string, string][] => {
    const meaning = meanings.get(column.column)
    if (meaning === undefined || meaning === (column.meaning ?? unread)) return []
    return [[mappingName(column, columns), meaning]]
  })
  const mapping: HeadingMapping = { ...choices.mapping, ...Object.fromEntries(changed) }
  return { ...choices, mapping }
}

/** The heading, which the next sheet has too; the column where several have that heading. */
function mappingName(column: ColumnMapping, columns: readonly ColumnMapping[]): string {
  const same = columns.filter(({ heading }) => fold(heading) === fold(column.heading))
  return same.length === 1 ? column.heading : `column ${column.column}`
}

const formArgs = z.looseObject({
  draft: optionalText,
  shape: optionalText,
  day: optionalText,
  reason: optionalText,
  /** Of a typed line. */
  heading: optionalText,
  meaning: optionalText,
})
type FormArgs = z.infer<typeof formArgs>

/** By column ("C"): what the form or the line says that it means. */
function meaningsIn(args: FormArgs, columns: readonly ColumnMapping[]): Map<string, string> {
  const chosen = Object.entries(args).flatMap(([id, value]): [string, string][] =>
    id.startsWith(menuPrefix) && typeof value === 'string'
      ? [[id.slice(menuPrefix.length), value]]
      : [],
  )
  if (!args.heading || !args.meaning) return new Map(chosen)
  const { heading, meaning } = args
  const named = columns.filter(
    (one) => fold(one.heading) === fold(heading) || fold(one.column) === fold(heading),
  )
  if (named.length === 0) {
    const known = columns.map((one) => quoted(one.heading)).join(', ')
    throw fieldRefusal({ heading: `No heading is ${quoted(heading)}. There are: ${known}.` })
  }
  return new Map([...chosen, ...named.map(({ column }): [string, string] => [column, meaning])])
}

/** The key of a meaning, which people may name by its key or as it is called. @throws Refusal that lists them */
function meaningKey(format: SheetFormat, said: string): string {
  if ([unread, 'not read'].includes(fold(said))) return unread
  const found = Object.entries(format.columns).find(
    ([key, { heading }]) => fold(key) === fold(said) || fold(heading) === fold(said),
  )
  if (found) return found[0]
  const known = Object.values(format.columns).map(({ heading }) => heading)
  throw fieldRefusal({
    meaning: `${quoted(said)} is nothing that a heading can mean here. There are: ${known.join(', ')}, not read.`,
  })
}

export const createHeadingsCommand = (kinds: readonly SheetKind[]): Command =>
  defineCommand({
    name: importNames.headings,
    usages: ['import heading <heading> as <meaning>'],
    slots: { heading: slot.text, meaning: slot.text },
    examples: ['import heading Who as leads', 'import heading Notes as not read'],
    authority: ['change plan'],
    summary: 'Correct what a heading of the sheet that you sent means. For the programme office.',
    args: formArgs,
    form: headingsForm,
    run: async (context, args) => {
      const draft = await requirePlacedDraft(context, args.draft)
      const { format, columns, sheetName, isGuess } = await headingsOf(context, draft)
      const asOf = args.day && isCivilDate(args.day) ? civilDate(args.day) : draft.asOf
      const choices =
        args.shape && (args.shape !== format.key || isGuess)
          ? // What a column meant in another kind of sheet says nothing in this one.
            { ...draft.choices, shape: args.shape, mapping: {} }
          : withMeanings(
              draft.choices,
              columns,
              new Map(
                [...meaningsIn(args, columns)].map(([column, said]) => [
                  column,
                  meaningKey(format, said),
                ]),
              ),
            )
      await assertNoChildInReason(context, draft, args.reason)
      const answered = withAnswers(choices, args, sheetName)
      await changeDraft(context.tx, draft.id, { asOf, choices: answered })
      return showDraft(context, kinds, await requirePlacedDraft(context, draft.id))
    },
  })
