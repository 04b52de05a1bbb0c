import { type CivilDate, civilDate, daysBetween, fullDate } from '../../../../src/base/dates.ts'
import type { TestCell } from '../../../base/sheets/workbook-builder.ts'

const parts = (day: CivilDate) => {
  const [year = '', month = '', date = ''] = day.split('-')
  return { year, month, date, name: fullDate(day).split(' ')[2] ?? '' }
}

/** How programs and people write a day. A workbook's own days are cells, not texts. */
export const dateStyles = {
  British: (day: CivilDate) => `${parts(day).date}/${parts(day).month}/${parts(day).year}`,
  'British, short': (day: CivilDate) =>
    `${Number(parts(day).date)}.${Number(parts(day).month)}.${parts(day).year.slice(2)}`,
  American: (day: CivilDate) =>
    `${Number(parts(day).month)}/${Number(parts(day).date)}/${parts(day).year}`,
  'American, short': (day: CivilDate) =>
    `${Number(parts(day).month)}/${Number(parts(day).date)}/${parts(day).year.slice(2)}`,
  ISO: (day: CivilDate) => day,
  'with a time': (day: CivilDate) => `${day}T00:00:00.000Z`,
  dashes: (day: CivilDate) => `${parts(day).date}-${parts(day).month}-${parts(day).year}`,
  'year first': (day: CivilDate) => day.replaceAll('-', '/'),
  words: (day: CivilDate) => `${Number(parts(day).date)} ${parts(day).name} ${parts(day).year}`,
  'words, short': (day: CivilDate) =>
    `${parts(day).date}-${parts(day).name}-${parts(day).year.slice(2)}`,
  'American words': (day: CivilDate) =>
    `${parts(day).name} ${Number(parts(day).date)}, ${parts(day).year}`,
  'with its weekday': (day: CivilDate) => fullDate(day),
  Jira: (day: CivilDate) =>
    `${parts(day).date}/${parts(day).name}/${parts(day).year.slice(2)} 12:00 AM`,
  serial: (day: CivilDate) => String(serialOf(day)),
} as const

export type DateStyle = keyof typeof dateStyles
export const dateStyleNames = Object.keys(dateStyles).filter(
  (name): name is DateStyle => name in dateStyles,
)

const serialOf = (day: CivilDate): number => daysBetween(civilDate('1899-12-30'), day)

/** A day as a workbook keeps it. */
export const dayCell = (day: CivilDate): TestCell => ({ day: serialOf(day) })
