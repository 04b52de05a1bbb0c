import { z } from 'zod'
import type { CardJson, Json } from './model.ts'

/** A button of a card, with the inputs whose values it sends. */
export interface CardAction {
  action: CardJson
  inputs: CardJson[]
}

/** What a person enters, by the id of the input. Several choices are an array. */
export type InputValues = Record<string, string | number | boolean | string[]>

export interface InputProblem {
  id: string
  message: string
}

/** The properties that hold the visible parts of a card, in reading order. */
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
 * What the client sends for these inputs: the entered value or else the input's default, as a string; nothing for
 * an empty input. `problems` are those that the client itself finds: with any, it sends nothing.
 * @throws Error where a value belongs to no input
 */
export function collectInputs(inputs: CardJson[], filled: InputValues) {
  const parsed = inputs.map((json) => input.parse(json))
  const unknown = Object.keys(filled).filter((id) => !parsed.some((one) => one.id === id))
  if (unknown.length > 0)
    throw new Error(`The card has no input ${unknown.join(', ')} for this button.`)
  const values: Record<string, string> = {}
  const problems: InputProblem[] = []
  for (const one of parsed) {
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
  /** Choices that the client looks up while somebody types: people of the directory. */
  'choices.data': z.unknown().optional(),
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
  return isUnknownChoice(one, value) ? 'This is not one of the choices.' : null
}

/** Compares numbers as numbers; dates and times as text, which their format (YYYY-MM-DD, HH:MM) sorts correctly. */
function isOutOfRange({ type, min, max }: Input, value: string): boolean {
  if (type === 'Input.Text') return false
  const comparable = type === 'Input.Number' ? Number : String
  const entered = comparable(value)
  const below = min !== undefined && entered < comparable(min)
  const above = max !== undefined && entered > comparable(max)
  return below || above || Number.isNaN(entered)
}

function isUnknownChoice(input: Input, value: string): boolean {
  const { type, style, choices } = input
  if (type !== 'Input.ChoiceSet' || style === 'filtered' || input['choices.data']) return false
  return !value.split(',').every((one) => choices.some((choice) => choice.value === one))
}

function isObject(value: Json | undefined): value is CardJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isType({ type }: CardJson, prefix: string): boolean {
  return typeof type === 'string' && type.startsWith(prefix)
}
