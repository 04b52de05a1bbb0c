import { Refusal } from '../../base/errors.ts'
import { parsePounds } from '../../base/pounds.ts'
import { quoted } from '../../base/text.ts'
import type { MoneyKey } from '../../domain/plan/attributes/money.ts'

/** Figures as they were said: text of pounds. */
export type SaidFigures = Readonly<Partial<Record<MoneyKey, string>>>

const figurePattern =
  /^(budget|forecast|actual|savings? target|savings? achieved)\s+(?:of\s+|to\s+)?(\S+(?:\s+(?:k|m|bn|p|thousand|million|billion|pence)\b)?)[\s,;]*(?:and\s+)?/i

const hint =
  'Say “budget 120k forecast 131k actual 40k”, and “savings target” and “savings achieved” likewise.'

/** 'budget 120k forecast £131,000' @throws Refusal where a part of it is no figure: then nothing is saved */
export function parseFigures(text: string): SaidFigures {
  const figures: Partial<Record<MoneyKey, string>> = {}
  let rest = text.trim()
  while (rest !== '') {
    const [all, name = '', amount = ''] = figurePattern.exec(rest) ?? []
    if (all === undefined)
      throw new Refusal(`I do not know ${quoted(rest)}. ${hint} Nothing was saved.`)
    const pounds = parsePounds(amount.replace(/[,;.]+$/, ''))
    if (pounds === undefined) {
      throw new Refusal(
        `${quoted(amount)} is no amount: write 120k, £1.2m or £120,000. Nothing was saved.`,
      )
    }
    figures[keyOf(name)] = pounds
    rest = rest.slice(all.length)
  }
  return figures
}

function keyOf(name: string): MoneyKey {
  const said = name.toLowerCase()
  if (said.endsWith('target')) return 'savingsTarget'
  if (said.endsWith('achieved')) return 'savings'
  if (said === 'budget' || said === 'forecast') return said
  return 'actual'
}
