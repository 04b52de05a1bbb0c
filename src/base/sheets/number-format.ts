/** What a number format of a workbook (ECMA-376, part 1: 18.8.30 numFmt) says of the value it shows. */
export type ShownAs = 'day' | 'month' | 'quarter' | 'year' | 'percent' | 'currency' | 'plain'

/** Formats that every workbook has without declaring them. */
const builtInFormats: Readonly<Record<number, string>> = {
  ...{ 9: '0%', 10: '0.00%', 14: 'd/m/yyyy', 15: 'd-mmm-yy', 16: 'd-mmm', 17: 'mmm-yy' },
  ...{ 22: 'd/m/yyyy h:mm', 5: '"£"#,##0', 6: '"£"#,##0', 7: '"£"#,##0.00', 8: '"£"#,##0.00' },
}

export const builtInFormat = (id: number): string => builtInFormats[id] ?? ''

/** What its first section, for positive numbers, shows. */
export function shownAs(code: string): ShownAs {
  const [first = ''] = code.split(';')
  if (currencyIn(first)) return 'currency'
  const signs = first
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase()
  if (signs.includes('%')) return 'percent'
  const dates = signs.replace(/h+:?m*|m+:s+/g, '')
  if (/general|[0#?]/.test(dates)) return 'plain'
  if (dates.includes('d')) return 'day'
  if (dates.includes('q')) return 'quarter'
  if (dates.includes('m')) return 'month'
  return /[ye]/.test(dates) ? 'year' : 'plain'
}

/**
 * "£" of '"£"#,##0.00' and of '[$£-809]#,##0'; undefined where it shows none. '[$-809]' is a language: "[$-809]mmmm yyyy"
 * is a month.
 */
export function currencyIn(code: string): string | undefined {
  const [first = ''] = code.split(';')
  return /\[\$([£$€])/.exec(first)?.[1] ?? /[£€]|(?<!\[)\$/.exec(first)?.[0]
}

/** '"w/c "dd/mm/yyyy': the day begins or ends a week. */
const weekWords = /"\s*(?<words>w\/?c|w\/?e|week (?:commencing|ending))[\s:]*"/i

const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
]

/**
 * The text of a cell as its format shows it, so that "Mar-27" is no day and 81 % no 0.81. `text`: a number, or the day
 * of a date as '2027-03-01'. Any other text is returned as it is.
 */
export function shownText(text: string, code: string): string {
  const kind = shownAs(code)
  if (kind === 'percent' || kind === 'currency') {
    const number = Number(text)
    if (text.trim() === '' || Number.isNaN(number)) return text
    // Without what binary fractions add: 0.8100000000000001.
    if (kind === 'percent') return `${Number((number * 100).toPrecision(12))}%`
    return `${number < 0 ? '-' : ''}${currencyIn(code)}${Number(Math.abs(number).toPrecision(14))}`
  }
  const week = kind === 'day' ? weekWords.exec(code)?.groups?.words : undefined
  const [, year, month = '', day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(dayText(text, kind)) ?? []
  if (year === undefined) return text
  if (week !== undefined) return `${week} ${day} ${monthNames[Number(month) - 1]} ${year}`
  if (kind === 'month') return `${monthNames[Number(month) - 1]} ${year}`
  if (kind === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`
  return kind === 'year' ? year : text
}

/** The day of a number that is one, in a format that readers do not know as a date. */
function dayText(text: string, kind: ShownAs): string {
  if (kind !== 'quarter' || !/^\d{5}$/.test(text)) return text
  return new Date(Date.UTC(1899, 11, 30 + Number(text))).toISOString().slice(0, 10)
}
