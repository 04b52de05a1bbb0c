import { fold } from '../../base/text.ts'

/** The name of a file or a sheet as words: "Risk_log-v2.xlsx" is "risk log v2". */
export const spaced = (name: string): string =>
  fold(name.replace(/\.\w+$/, '').replaceAll(/[_.-]+/g, ' '))
