import { shorten } from '../../../base/text.ts'
import type { Scheme } from '../../../domain/scheme/schemes.ts'
import type { ImportChoices } from '../drafts/draft.ts'
import type { OpenQuestions } from '../parse-plan.ts'
import { stateMeanings } from '../state-words.ts'

/** Menus for what a sheet leaves open: the order of its dates, and what its words for states mean. */

const orderId = 'date-order'
const wordPrefix = 'state-'
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

const wordId = (word: string): string => `${wordPrefix}${Buffer.from(word).toString('hex')}`
const wordOf = (id: string): string =>
  Buffer.from(id.slice(wordPrefix.length), 'hex').toString('utf8')

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
      id: wordId(word),
      label: `“${shorten(word, 40)}” means`,
      value: unanswered,
      choices: [{ title: 'Not answered', value: unanswered }, ...stateMeanings(scheme)],
    })),
  ]
}

/** The choices with what was answered in the menus. */
export function withAnswers(
  choices: ImportChoices,
  args: Readonly<Record<string, unknown>>,
): ImportChoices {
  const said = Object.entries(args).flatMap(([id, value]): [string, string][] =>
    typeof value === 'string' && value !== unanswered ? [[id, value]] : [],
  )
  const states = said.flatMap(([id, value]): [string, string][] =>
    id.startsWith(wordPrefix) ? [[wordOf(id), value]] : [],
  )
  const order = said.find(([id]) => id === orderId)?.[1]
  if (states.length === 0 && order === undefined) return choices
  const before = choices.answers
  const dates = order === 'month first' || order === 'day first' ? order : before?.dates
  return {
    ...choices,
    answers: {
      states: { ...before?.states, ...Object.fromEntries(states) },
      ...(dates ? { dates } : {}),
    },
  }
}
