/**
 * The expressions of card templates: as much of the Adaptive Expressions language as the cards of adaptive-cards/ use, with
 * the meaning it has there (learn.microsoft.com/azure/bot-service/adaptive-expressions). Microsoft's own engine loads 455
 * modules and 33 MB, stops the process for a fifth of a second with the first card, and is developed no more;
 * test/adaptive-cards.test.ts holds every card to it.
 */

/** What the names of an expression mean: `$root`, `$data` and what `foreach` names; any other is a property of `$data`. */
export interface Scope {
  readonly $root: unknown
  readonly $data: unknown
  readonly $index?: number
  readonly [named: string]: unknown
}

export type Expression = (scope: Scope) => unknown

/** @throws Error where it is not of this language: a mistake in a template */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text)
  const wrong = (at: string) => new Error(`A card's template cannot say \${${text}}: ${at}.`)
  const parser = { tokens, at: 0, wrong }
  const expression = parseBinary(parser, 0)
  if (parser.at < tokens.length) throw wrong(`“${tokens[parser.at]}” is one too many`)
  return expression
}

interface Parser {
  readonly tokens: readonly string[]
  at: number
  readonly wrong: (at: string) => Error
}

/** Texts, numbers, names with their properties, signs; whatever else is one character, which no rule takes. */
const token = /'[^']*'|\d+|[A-Za-z_$][\w$.]*|&&|\|\||[!=]=|\S/g
const tokensOf = (text: string): string[] => text.match(token) ?? []

type Operator = (left: Expression, right: Expression) => Expression

/** From the one that binds least. */
const operators: readonly Record<string, Operator>[] = [
  { '||': (left, right) => (scope) => isTrue(left(scope)) || isTrue(right(scope)) },
  { '&&': (left, right) => (scope) => isTrue(left(scope)) && isTrue(right(scope)) },
  {
    '==': (left, right) => (scope) => orNull(left(scope)) === orNull(right(scope)),
    '!=': (left, right) => (scope) => orNull(left(scope)) !== orNull(right(scope)),
  },
  { '>': (left, right) => (scope) => Number(left(scope)) > Number(right(scope)) },
]

/** What is there is true, but for false itself: an empty text is, too. */
const isTrue = (value: unknown) => (typeof value === 'boolean' ? value : orNull(value) !== null)
const orNull = (value: unknown) => value ?? null

function parseBinary(parser: Parser, level: number): Expression {
  const known = operators[level]
  if (!known) return parseUnary(parser)
  let left = parseBinary(parser, level + 1)
  for (;;) {
    const operator = known[parser.tokens[parser.at] ?? '']
    if (!operator) return left
    parser.at += 1
    left = operator(left, parseBinary(parser, level + 1))
  }
}

function parseUnary(parser: Parser): Expression {
  const { wrong } = parser
  const next = parser.tokens[parser.at]
  parser.at += 1
  if (next === undefined) throw wrong('something is missing at its end')
  if (next === '!') {
    const operand = parseUnary(parser)
    return (scope) => !isTrue(operand(scope))
  }
  if (next.startsWith("'") && next.length > 1) return constant(next.slice(1, -1))
  if (/^\d/.test(next)) return constant(Number(next))
  if (next === 'null') return constant(null)
  if (!/^[A-Za-z_$]/.test(next)) throw wrong(`“${next}” is not expected there`)
  return parser.tokens[parser.at] === '(' ? parseCall(parser, next) : lookUp(next.split('.'))
}

const constant = (value: unknown) => () => value

/** What lacks a property, or is no object, gives undefined. */
function lookUp([first = '', ...path]: readonly string[]): Expression {
  return (scope) => {
    const begin = Object.hasOwn(scope, first) ? scope[first] : propertyOf(scope.$data, first)
    return path.reduce(propertyOf, begin)
  }
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

type Call = (...operands: Expression[]) => Expression

/** By name, with the number of operands. */
const functions: Record<string, readonly [operands: number, Call]> = {
  // NaN is neither more than a number nor the same.
  count: [1, (list) => (scope) => lengthOf(list?.(scope))],
  exists: [1, (value) => (scope) => orNull(value?.(scope)) !== null],
  if: [3, (when, so, other) => (scope) => (isTrue(when?.(scope)) ? so : other)?.(scope)],
  join: [2, (list, between) => (scope) => listOf(list?.(scope))?.join(String(between?.(scope)))],
}

const listOf = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined
const lengthOf = (value: unknown) =>
  Array.isArray(value) || typeof value === 'string' ? value.length : Number.NaN

/** Its opening bracket comes next. */
function parseCall(parser: Parser, name: string): Expression {
  parser.at += 1
  if (name === 'foreach') return parseForeach(parser)
  const [count, call] = (Object.hasOwn(functions, name) && functions[name]) || []
  if (count === undefined || !call) throw parser.wrong(`there is no function “${name}”`)
  const operands = Array.from({ length: count }, (_, at) => {
    const operand = parseBinary(parser, 0)
    expect(parser, at + 1 < count ? ',' : ')')
    return operand
  })
  return call(...operands)
}

/** `foreach(list, name, expression)`: in the expression, the name is one of the list. */
function parseForeach(parser: Parser): Expression {
  const list = parseBinary(parser, 0)
  expect(parser, ',')
  const name = parser.tokens[parser.at] ?? ''
  parser.at += 1
  expect(parser, ',')
  const each = parseBinary(parser, 0)
  expect(parser, ')')
  return (scope) => listOf(list(scope))?.map((one) => each({ ...scope, [name]: one }))
}

function expect(parser: Parser, sign: string): void {
  const next = parser.tokens[parser.at]
  if (next !== sign) throw parser.wrong(`“${sign}” is missing before “${next ?? 'its end'}”`)
  parser.at += 1
}
