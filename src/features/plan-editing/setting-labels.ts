import { capitalised } from '../../base/text.ts'
import { spacedWords } from './value-changes.ts'

/** What settings are called in histories and answers. */

/** Keys that do not say what they are about. */
const settingLabels: Readonly<Record<string, string>> = {
  scheme: 'States',
  ownScheme: 'Own states',
  rollUpChanges: 'Roll-up',
  confirm: 'Confirmed by a second person',
  calendar: 'Bank holidays',
  commentaryFor: 'Commentary is for',
  uncertain: 'Messages possibly sent',
  mapping: 'Headings of sheets',
  digestNames: 'Names in digests of who has not answered',
}

/** "States" of "scheme". */
export const settingLabel = (key: string): string =>
  settingLabels[key] ?? capitalised(spacedWords(key))
