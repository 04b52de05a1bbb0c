/**
 * Amounts of money in pounds, as people write them: "120k", "£1.2m", "£120,000", "(4,500)" for less than nothing, "99p".
 * They are kept as text ("120000", "0.99"), so that no figure is rounded on its way.
 */

const units: Readonly<Record<string, number>> = {
  ...{ '': 0, k: 3, m: 6, bn: 9, p: -2 },
  ...{ thousand: 3, million: 6, billion: 9, pence: -2 },
}
const amountPattern =
  /^(-?)\s*£?\s*(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,6}))?\s*(k|m|bn|p|thousand|million|billion|pence)?$/i
/** More than the spending of a whole government: a slip of the keyboard. */
const most = 1e13

/** Text of pounds with pence where there are some; undefined where it is no amount, or one in parts of a penny. */
export function parsePounds(text: string): string | undefined {
  const said = text
    .trim()
    .replace(/\s*(?:gbp|pounds?)$/i, '')
    .replace(/^gbp\s*/i, '')
  const bracketed = /^\((.*)\)$/.exec(said)?.[1]
  const found = amountPattern.exec(bracketed ?? said)
  if (!found) return undefined
  const [, before = '', after = '', whole = '', decimals = '', unit = ''] = found
  const pence = penceOf(whole.replaceAll(',', ''), decimals, units[unit.toLowerCase()] ?? 0)
  if (pence === undefined || pence > most * 100) return undefined
  const isBelow = [bracketed ?? '', before, after].some(Boolean) && pence !== 0
  const pounds = `${Math.floor(pence / 100)}`
  const rest = pence % 100
  return `${isBelow ? '-' : ''}${pounds}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`
}

/** In pence, by moving the point: undefined where figures are left behind it. */
function penceOf(whole: string, decimals: string, power: number): number | undefined {
  const places = power + 2
  const kept = decimals.replace(/0+$/, '')
  if (kept.length > places) return undefined
  return Number(`${whole}${kept.padEnd(places, '0')}`)
}

/** Of a text that `parsePounds` gave. */
export const pence = (pounds: string): number => Math.round(Number(pounds) * 100)

/** '£120,000', '£0.99', '−£4,500' @param amount in pence */
export function formatPence(amount: number): string {
  const figures = (Math.abs(amount) / 100).toLocaleString('en-GB', {
    minimumFractionDigits: amount % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  })
  return `${amount < 0 ? '−' : ''}£${figures}`
}
