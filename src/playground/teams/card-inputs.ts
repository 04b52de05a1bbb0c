import { z } from 'zod'
import type { CardJson, Json } from './model.ts'

/** A button of a card, with the inputs whose values it sends. */
export interface CardAction {
  action: CardJson
  inputs: CardJson[]
}

/** What a person fills in, by the id of the input: text, number, on or off; several choices as an array. */
export type InputValues = Record<string, string | number | boolean | string[]>

export interface InputProblem {
  id: string
  message: string
}

/** The parts of a card in the order they are read; `data` and `fallback` are not shown. */
const CHILD_PROPERTIES = [
  'columns',
  'rows',
  'items',
  'cells',
  'body',
  'inlines',
  'selectAction',
  'inlineAction',
  'actions',
]

/** Every button of a card, in reading order. Those in a ShowCard also send the inputs around it. */
export function actionsOf(card: CardJson, outer: CardJson[] = []): CardAction[] {
  const inputs = [...outer, ...objectsIn(card).filter((part) => isType(part, 'Input.'))]
  return objectsIn(card)
    .filter((part) => isType(part, 'Action.'))
    .flatMap((action) => [
      { action, inputs: action.associatedInputs === 'none' ? [] : inputs },
      ...(isObject(action.card) ? actionsOf(action.card, inputs) : []),
    ])
}

function objectsIn(part: CardJson): CardJson[] {
  const children = CHILD_PROPERTIES.flatMap((name) => part[name] ?? []).filter(isObject)
  return children.flatMap((child) => [child, ...objectsIn(child)])
}

/**
 * What the client would send for these inputs: its own defaults, then what was filled in; nothing for an
 * empty input, and everything as a string. `problems` are those the client itself finds, and for which it
 * sends nothing.
 */
export function collectInputs(inputs: CardJson[], filled: InputValues) {
  const known = inputs.map((json) => input.parse(json))
  const stray = Object.keys(filled).filter((id) => !known.some((one) => one.id === id))
  if (stray.length > 0)
    throw new Error(`The card has no input ${stray.join(', ')} for this button.`)
  const values: Record<string, string> = {}
  const problems: InputProblem[] = []
  for (const one of known) {
    const value = inputValueOf(one, filled[one.id] ?? one.value)
    if (value !== '') values[one.id] = value
    const problem = validateInput(one, value)
    if (problem) problems.push({ id: one.id, message: one.errorMessage ?? problem })
  }
  return { values, problems }
}

const input = z.looseObject({
  type: z.string(),
  id: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  isRequired: z.boolean().default(false),
  errorMessage: z.string().optional(),
  regex: z.string().optional(),
  maxLength: z.number().optional(),
  min: z.union([z.string(), z.number()]).optional(),
  max: z.union([z.string(), z.number()]).optional(),
  valueOn: z.string().default('true'),
  valueOff: z.string().default('false'),
  style: z.string().optional(),
  choices: z.array(z.looseObject({ value: z.string() })).default([]),
})
type Input = z.infer<typeof input>

function inputValueOf(one: Input, value: InputValues[string] | undefined): string {
  if (one.type === 'Input.Toggle') {
    return value === true || value === one.valueOn ? one.valueOn : one.valueOff
  }
  return Array.isArray(value) ? value.join(',') : String(value ?? '')
}

function validateInput(one: Input, value: string): string | null {
  if (one.isRequired && (value === '' || (one.type === 'Input.Toggle' && value !== one.valueOn))) {
    return 'This is required.'
  }
  if (value === '') return null
  if (one.regex !== undefined && !new RegExp(one.regex).test(value)) return 'This has another form.'
  if (one.maxLength !== undefined && value.length > one.maxLength) return 'This is too long.'
  if (isOutOfRange(one, value)) return 'This is out of range.'
  return isNoChoice(one, value) ? 'This is not one of the choices.' : null
}

/** Numbers by size; dates and times as text, which their form (YYYY-MM-DD, HH:MM) sorts rightly. */
function isOutOfRange({ type, min, max }: Input, value: string): boolean {
  if (type === 'Input.Text') return false
  const read = type === 'Input.Number' ? Number : String
  const given = read(value)
  const below = min !== undefined && given < read(min)
  const above = max !== undefined && given > read(max)
  return below || above || Number.isNaN(given)
}

function isNoChoice({ type, style, choices }: Input, value: string): boolean {
  if (type !== 'Input.ChoiceSet' || style === 'filtered') return false
  return !value.split(',').every((one) => choices.some((choice) => choice.value === one))
}

function isObject(value: Json | undefined): value is CardJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isType({ type }: CardJson, prefix: string): boolean {
  return typeof type === 'string' && type.startsWith(prefix)
}
