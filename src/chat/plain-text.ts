import { type CardAction, type CardElement, type CardInput, parseCard } from './card-schema.ts'
import type { AdaptiveCard } from './cards.ts'

/**
 * The whole card as lines of plain text, for previews on the command line.
 * @throws CardError where the card is outside the agreed subset
 */
export function renderPlainText(card: AdaptiveCard): string {
  const { body, actions } = parseCard(card)
  const lines = [...body.flatMap(linesOf), ...buttonLines(actions)]
  return lines.join('\n').replace(/^\n+/, '').trimEnd()
}

function linesOf(element: CardElement): string[] {
  const lines = contentOf(element)
  return element.separator && lines.length > 0 ? ['', ...lines] : lines
}

function contentOf(element: CardElement): string[] {
  switch (element.type) {
    case 'TextBlock':
      return element.style === 'heading' ? ['', element.text] : [element.text]
    case 'RichTextBlock':
      return [element.inlines.map(({ text }) => text).join('')]
    case 'FactSet':
      return element.facts.map(({ title, value }) => `${title}: ${value}`)
    case 'Container':
      return element.items.flatMap(linesOf)
    case 'ColumnSet':
      return columnLines(element.columns.flatMap(({ items }) => items))
    case 'ActionSet':
      return buttonLines(element.actions)
    case 'Image':
      return [`[${element.altText}]`]
    case 'Input.Text':
    case 'Input.ChoiceSet':
    case 'Input.Date':
      return [`${element.label}: ${formatInputValue(element)}`]
  }
}

function columnLines(items: readonly CardElement[]): string[] {
  const words = items.flatMap(linesOf).filter((line) => line !== '')
  return words.length > 0 ? [words.join('  ')] : []
}

function buttonLines(actions: readonly CardAction[]): string[] {
  return actions.length > 0 ? [actions.map(({ title }) => `[${title}]`).join(' ')] : []
}

function formatInputValue(input: CardInput): string {
  const value = input.value ?? ''
  if (input.type !== 'Input.ChoiceSet' || value === '') return value
  const values = new Set(input.isMultiSelect ? value.split(',') : [value])
  const chosen = input.choices.filter((choice) => values.has(choice.value))
  return chosen.map(({ title }) => title).join(', ')
}
