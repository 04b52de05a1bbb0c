import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { currentLanguage, inLanguage, languages, say } from '../base/language.ts'
import { memoize } from '../base/memoize.ts'
import { withButtonNames } from './button-names.ts'
import { type CardTemplate, compileTemplate } from './card-template.ts'
import { questionMark, withMark } from './question-cards.ts'

/** A card by name, with its data already checked. Plain data: the outbox and idempotency keys store it as JSON. */
export interface Card {
  readonly name: string
  readonly data: unknown
  /** Sentences that stand above it: how a request was understood. */
  readonly remarks?: readonly string[] | undefined
  /** A form that a question opened: saving it answers the question. */
  readonly answersQuestion?: true | undefined
  /** A form that asks whether it is right: the question's fingerprint. */
  readonly asked?: string | undefined
}

export interface CardDefinition<Data> {
  readonly name: string
  readonly data: z.ZodType<Data>
  /** Paths in the data ("rows.buttons.title") that hold our own text alone; any other may hold what people wrote. */
  readonly ownText: readonly string[]
  (data: Data): Card
}

/** An expanded Adaptive Card, as far as the rest of Milepost reads it. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard'
  readonly version: string
  /** The card in one plain sentence: notifications, screen readers, clients without cards. */
  readonly fallbackText: string
  readonly body: readonly AdaptiveElement[]
  readonly actions?: readonly AdaptiveAction[]
  readonly [more: string]: unknown
}
export interface AdaptiveElement {
  readonly type: string
  readonly [more: string]: unknown
}
export interface AdaptiveAction {
  readonly type: string
  readonly title: string
  readonly [more: string]: unknown
}

/**
 * Declares the card `adaptive-cards/<name>.json` and the shape of its data. Tests find it, and put hostile text wherever
 * `ownText` does not say that only our own text stands there.
 */
export function defineCard<Data>(
  name: string,
  data: z.ZodType<Data>,
  { ownText = [] }: { readonly ownText?: readonly string[] } = {},
): CardDefinition<Data> {
  const make = (value: Data): Card => {
    const language = currentLanguage()
    const parsed = data.parse(value)
    return { name, data: language === 'en' ? parsed : { ...parsed, language } }
  }
  Object.defineProperty(make, 'name', { value: name })
  return Object.assign(make, { data, ownText }) as CardDefinition<Data>
}

/** A card keeps the language in which its texts were composed, for those of its template. */
export const composedIn = z
  .looseObject({ language: z.enum(languages).catch('en') })
  .catch({ language: 'en' })

/** A card that was composed for somebody else, with its template's texts in the language of the next reader. */
export function withCurrentLanguage({ data, ...card }: Card): Card {
  return { ...card, data: { ...z.looseObject({}).parse(data), language: currentLanguage() } }
}

/** Composes what takes the place of a card: it keeps that card's language, whoever caused the change. */
export function inLanguageOfCard<T>({ data }: Card, compose: () => T): T {
  return inLanguage(composedIn.parse(data).language, compose)
}

const templateOf = memoize((nameAndLanguage: string) => {
  const [name = '', language] = nameAndLanguage.split(' ')
  const file = new URL(`../../adaptive-cards/${name}.json`, import.meta.url)
  const template: unknown = JSON.parse(readFileSync(file, 'utf8'), (key, value) =>
    ownTexts.has(key) && typeof value === 'string' && !value.includes('${')
      ? inLanguage(z.enum(languages).parse(language), () => say(value))
      : value,
  )
  return compileTemplate(template)
})

/** Properties of a template that hold texts to read. */
const ownTexts = new Set(['text', 'title', 'label', 'placeholder', 'errorMessage', 'altText'])

/** The card as Teams shows it and as the Slack converter reads it. */
export function expandCard({
  name,
  data,
  remarks = [],
  answersQuestion,
  asked,
}: Card): AdaptiveCard {
  const { language } = composedIn.parse(data)
  const expanded = withButtonNames(expandTemplate(templateOf(`${name} ${language}`), data))
  const mark = {
    ...(answersQuestion && questionMark),
    ...(asked !== undefined && { wasAsked: asked }),
  }
  const card = Object.keys(mark).length > 0 ? withMark(expanded, mark) : expanded
  return remarks.length === 0
    ? card
    : { ...card, body: [...remarks.map(remarkElement), ...card.body] }
}

/** A RichTextBlock, because a TextBlock would read the titles in it as Markdown. */
function remarkElement(text: string): AdaptiveElement {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, italic: true }] }
}

/** What a template makes of data: separate from expandCard, so that a template can be tried without its file. */
export function expandTemplate(template: CardTemplate, data: unknown): AdaptiveCard {
  return template(data) as AdaptiveCard
}
