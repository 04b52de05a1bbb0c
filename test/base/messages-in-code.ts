import { globSync, readFileSync } from 'node:fs'
import { catalogue, translations } from '../../src/base/language.ts'

/** `npm run untranslated -- cy`: the English messages that a language's file does not have yet. */

/** The messages that stand as literals in `say` and `phrase`, and the nouns that rows of reminders are counted by. */
export function messagesInCode(): string[] {
  const texts = globSync('src/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => /\/language\.ts'|function say\(/.test(text))
  const literals = texts.flatMap((text) => [
    ...text.matchAll(/\b(?:say|phrase)\(\s*(?:[\w\s.=]+\?\s*)?'([^'\n]+)'(?:\s*:\s*'([^'\n]+)')?/g),
  ])
  const counted = ['milestone', 'project', 'reading', 'action', 'review', 'move'].map(
    (noun) => `{count, plural, one {# ${noun}} other {# ${noun}s}}`,
  )
  return [...new Set([...literals.flatMap(([, one, other]) => [one, other]), ...counted])]
    .filter((message) => message !== undefined)
    .toSorted()
}

if (import.meta.main) {
  const language = translations.find((code) => code === process.argv[2])
  if (!language) throw new Error('Name a language by its code: npm run untranslated -- cy')
  const known = catalogue(language)
  console.log(
    messagesInCode()
      .filter((message) => !(message in known))
      .join('\n'),
  )
}
