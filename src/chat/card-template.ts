import { parseExpression, type Scope } from './card-expression.ts'

/**
 * Templates of Adaptive Cards (learn.microsoft.com/adaptive-cards/templating/language): `${…}` in texts, `$data` for what a
 * part is about, or repeated for, `$when` for whether it is there. A template is compiled once, and filled in often.
 */
export type CardTemplate = (data: unknown) => unknown

/** A part of a template. Undefined: left out. Several: what a part repeated by `$data` became in a list. */
type Part = (scope: Scope) => unknown

class Several {
  readonly parts: readonly unknown[]
  constructor(parts: readonly unknown[]) {
    this.parts = parts
  }
}

/** @throws Error where an expression in it is not known here: a mistake in the template */
export function compileTemplate(template: unknown): CardTemplate {
  const part = compile(template)
  return (data) => part({ $root: data, $data: data })
}

function compile(node: unknown): Part {
  if (typeof node === 'string') return compileText(node)
  if (Array.isArray(node)) return compileList(node)
  if (typeof node === 'object' && node !== null) return compileObject(node)
  return () => node
}

const expressions = /\$\{((?:'[^']*'|[^}'])*)\}/g

/** A text that is one expression gives its value, whatever that is. A name that the data lack is seen as it stands there. */
function compileText(text: string): Part {
  const pieces: (string | (Part & { readonly whole: string }))[] = []
  let end = 0
  for (const { 0: whole, 1: inside = '', index } of text.matchAll(expressions)) {
    const value = parseExpression(inside)
    pieces.push(
      text.slice(end, index),
      Object.assign((scope: Scope) => value(scope), { whole }),
    )
    end = index + whole.length
  }
  if (pieces.length === 0) return () => text
  const filled = [...pieces, text.slice(end)].filter((piece) => piece !== '')
  const [only] = filled
  if (typeof only === 'function' && filled.length === 1)
    return (scope) => {
      const value = only(scope)
      return value === undefined ? only.whole : value
    }
  return (scope) =>
    filled
      .map((piece) => (typeof piece === 'string' ? piece : (piece(scope) ?? piece.whole)))
      .join('')
}

function compileList(list: readonly unknown[]): Part {
  const parts = list.map(compile)
  return (scope) =>
    parts.flatMap((part) => {
      const value = part(scope)
      if (value instanceof Several) return value.parts
      return value === undefined || value === null ? [] : [value]
    })
}

function compileObject(node: object): Part {
  const { $data, $when, ...properties } = node as Record<string, unknown>
  const parts = Object.entries(properties).map(([key, value]) => [key, compile(value)] as const)
  const isThere = $when === undefined ? () => true : compileCondition($when)
  const one = (scope: Scope) => {
    if (!isThere(scope)) return undefined
    const filled: Record<string, unknown> = {}
    for (const [key, part] of parts) {
      const value = part(scope)
      if (value !== undefined) filled[key] = value instanceof Several ? value.parts : value
    }
    return filled
  }
  if ($data === undefined) return one
  const about = compile($data)
  return (scope) => {
    const data = about(scope)
    if (!Array.isArray(data)) return one({ ...scope, $data: data })
    return new Several(data.flatMap((each, $index) => one({ ...scope, $data: each, $index }) ?? []))
  }
}

/** Only what is true itself is there: names that the data lack are not shown, and are not true. */
function compileCondition(when: unknown): (scope: Scope) => boolean {
  const [, inside] = /^\$\{(.*)\}$/.exec(String(when)) ?? []
  if (inside === undefined)
    throw new Error(`A card's template has no condition in “${String(when)}”.`)
  const condition = parseExpression(inside)
  return (scope) => condition(scope) === true
}
