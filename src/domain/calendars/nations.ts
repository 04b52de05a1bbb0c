import { type Nation, nations } from '../../base/bank-holidays.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf, nearest, quoted } from '../../base/text.ts'

export const nationTitles: Readonly<Record<Nation, string>> = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
}

const nationAliases: Readonly<Record<string, Nation>> = {
  ...{ england: 'england-and-wales', wales: 'england-and-wales', ni: 'northern-ireland' },
}

/** 'scotland', 'Northern Ireland', 'wales'. @throws Refusal that offers the nearest */
export function parseNation(text: string): Nation {
  const typed = fold(text).replace(/&/g, 'and')
  const titles = Object.values(nationTitles)
  const found = nations.find((one) => one === typed || fold(nationTitles[one]) === typed)
  const named = found ?? (Object.hasOwn(nationAliases, typed) ? nationAliases[typed] : undefined)
  if (named) return named
  const near = nearest(text, titles)
  const hint = near ? ` Did you mean ${near}?` : ''
  throw new Refusal(
    `I do not know the calendar ${quoted(text)}.${hint} There are ${listOf(titles)}. Nothing was changed.`,
  )
}
