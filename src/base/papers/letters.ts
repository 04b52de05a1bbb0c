/** Text as the writers of files need it. */

/** Without control characters, which neither XML nor a printed page has; tabs and line breaks stay. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed.
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\r(?=\n)/g, '')
}

const rightToLeftFirst =
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** Whether a line is read from the right: its first letter is (Unicode Standard Annex 9, rules P2 and P3). */
export const isRightToLeft = (line: string): boolean => rightToLeftFirst.test(line)
