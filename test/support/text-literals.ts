import { parseSync } from '@swc/core'
import { z } from 'zod'

const syntaxNode = z.looseObject({
  type: z.string().optional(),
  callee: z.looseObject({ value: z.string().optional() }).optional().catch(undefined),
})

/** How they are written in the source is no text of its own. */
const spelling = new Set(['raw'])

/**
 * The texts of several words in a source or JSON file: string literals and the parts of templates. Faults of ours
 * (`new Error`) are for the log.
 */
export function textLiterals(file: string, content: string): string[] {
  const tree: unknown = file.endsWith('.json')
    ? JSON.parse(content)
    : parseSync(content, { syntax: 'typescript', target: 'es2024' })
  return [...new Set(stringsIn(tree))].filter((text) => /\p{L}\s+\p{L}/u.test(text))
}

function stringsIn(node: unknown): string[] {
  if (typeof node === 'string') return [node]
  if (typeof node !== 'object' || node === null) return []
  const { type, callee } = syntaxNode.safeParse(node).data ?? {}
  if (type === 'ImportDeclaration') return []
  if (type === 'NewExpression' && callee?.value?.match(/^(?:Range|Type)?Error$/)) return []
  return Object.entries(node).flatMap(([key, child]) => (spelling.has(key) ? [] : stringsIn(child)))
}
