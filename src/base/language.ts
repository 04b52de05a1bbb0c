import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { z } from 'zod'
import { type CivilDate, fullDate, toDbDate } from './dates.ts'
import { memoize } from './memoize.ts'

/** English stands in the code; each other language is a file in languages/, named after its code. */
export const translations = ['cy'] as const
export const languages = ['en', ...translations] as const
export type Language = (typeof languages)[number]

const reader = new AsyncLocalStorage<Language>()

/**
 * Composes texts for somebody who reads this language. It holds for all that `compose` calls, so that a text deep inside
 * need not be handed it; what others will read is composed within theirs.
 */
export function inLanguage<T>(language: Language | undefined, compose: () => T): T {
  return reader.run(language ?? 'en', compose)
}

/** The same for a channel: its readers have no one language, so it is told in English. */
export const inLanguageOfChannel = <T>(compose: () => T): T => inLanguage('en', compose)

export const currentLanguage = (): Language => reader.getStore() ?? 'en'

/** A part of a text that depends on the language in which the text is found: a day, a counted noun. */
export type Phrase = (language: Language) => string

type Values = Readonly<Record<string, string | number | Phrase>>

/**
 * The text in the reader's language, in English where its file has none. `english` is an ICU message
 * (unicode-org.github.io/icu/userguide/format_parse/messages) and the key by which a file translates it: once the English
 * is reworded, the old translation no longer counts.
 */
export function say(english: string, values: Values = {}): string {
  return phrase(english, values)(currentLanguage())
}

/** The same as a part of another text. */
export function phrase(english: string, values: Values = {}): Phrase {
  return (language) => {
    const translated = language === 'en' ? undefined : catalogue(language)[english]
    const found = translated === undefined ? 'en' : language
    return formatMessage(translated ?? english, found, values)
  }
}

/** A day: 'Fri 31 Mar 2017', 'Gwen 31 Maw 2017'. */
export function dayPhrase(date: CivilDate): Phrase {
  return (language) => {
    if (language === 'en') return fullDate(date)
    const parts = dayFormat(language).formatToParts(toDbDate(date))
    return parts.map(({ type, value }) => (type === 'literal' ? ' ' : value)).join('')
  }
}

/** 'a, b and c'. */
export function listPhrase(items: readonly Phrase[]): Phrase {
  const last = items.at(-1)
  if (!last) return () => ''
  if (items.length === 1) return last
  const all: Phrase = (language) =>
    items
      .slice(0, -1)
      .map((item) => item(language))
      .join(', ')
  return phrase('{all} and {last}', { all, last })
}

const dayFormat = memoize(
  (language: Language) =>
    new Intl.DateTimeFormat(language, {
      ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
    }),
)

/** What a language's file has: by the English message, the message in that language. */
export const catalogue = memoize((language: (typeof translations)[number]) => {
  const text = readFileSync(new URL(`./languages/${language}.json`, import.meta.url), 'utf8')
  return z.record(z.string(), z.string()).parse(JSON.parse(text))
})

function formatMessage(message: string, language: Language, values: Values): string {
  // Most texts are plain, and the reminders of a large programme have thousands.
  const entries = Object.entries(values)
  if (entries.length === 0) return message
  const plain = entries.map(([name, value]) => [
    name,
    typeof value === 'function' ? value(language) : value,
  ])
  return String(messageFormat(`${language} ${message}`).format(Object.fromEntries(plain)))
}

const messageFormat = memoize((key: string) => {
  const [language = 'en'] = key.split(' ', 1)
  const locale = language === 'en' ? 'en-GB' : language
  return new IntlMessageFormat(key.slice(language.length + 1), locale, undefined, {
    ignoreTag: true,
  })
})
