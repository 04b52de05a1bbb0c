import { z } from 'zod'
import { escapeMarkup } from '../escape.ts'
import { type Block, block, elementsOf } from './block-kit.ts'
import { plainText } from './elements.ts'

/**
 * What Slack refuses, in Slack's own words: each problem reads like the entries of
 * `response_metadata.messages`, without the "[ERROR] " that Slack puts before them.
 * The workspace's Web API uses it, and the tests of our own cards.
 */

export type Surface = 'message' | 'modal' | 'home'

const MAX_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 }
const ONLY_IN_MESSAGES = new Set(['markdown', 'table'])
const MAX_VIEW_BYTES = 250_000

/**
 * Slack answers msg_blocks_too_long by a sum it does not document: "12,000 text characters with a
 * buffer for block containers". Reported: 13,297 characters in one markdown block and 9,597 in 50 blocks
 * pass; 11,341 in 45 blocks do not. These two numbers agree with all three, a little on the strict
 * side. Sources: bolt-js issues 2509 and 2867.
 */
const MESSAGE_CHARACTERS = 12_600
const CHARACTERS_PER_BLOCK = 30

/** `error` is the one that the Web API answers; `problems` are its details. */
export type ParseResult<T> =
  | { ok: true; value: T }
  | { ok: false; error: string; problems: string[] }

/** Parses blocks as Slack does for this surface; `problems` lists what Slack would refuse. */
export function parseBlocks(value: unknown, surface: Surface): ParseResult<Block[]> {
  const schema = z.array(block).max(MAX_BLOCKS[surface])
  return parseWith('invalid_blocks', schema, value, '/blocks', (blocks) =>
    problemsAcross(blocks, surface, '/blocks'),
  )
}

/** What Slack would refuse in these blocks; empty when they may be sent. */
export function blockProblems(blocks: unknown, surface: Surface): string[] {
  const parsed = parseBlocks(blocks, surface)
  if (!parsed.ok) return parsed.problems
  return surface === 'message' && isTooLongForAMessage(parsed.value)
    ? [`msg_blocks_too_long: ${charactersIn(parsed.value)} characters in all`]
    : []
}

const fields = {
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
}
const viewDefinition = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    blocks: z.array(block).max(MAX_BLOCKS.modal),
    submit: plainText(24).nullish(),
    close: plainText(24).nullish(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
    ...fields,
  }),
  z.strictObject({
    type: z.literal('home'),
    blocks: z.array(block).max(MAX_BLOCKS.home),
    ...fields,
  }),
])
/** A view as an app sends it. */
export type ViewDefinition = z.infer<typeof viewDefinition>

/** Parses a view as Slack does. */
export function parseView(value: unknown): ParseResult<ViewDefinition> {
  const parsed = parseWith('invalid_arguments', viewDefinition, value, '/view', (view) => [
    ...problemsAcross(view.blocks, view.type, '/view/blocks'),
    ...submitProblems(view),
  ])
  const bytes = parsed.ok ? Buffer.byteLength(JSON.stringify(parsed.value)) : 0
  if (bytes <= MAX_VIEW_BYTES) return parsed
  const problems = [`view_too_large: ${bytes} bytes [json-pointer:/view]`]
  return { ok: false, error: 'view_too_large', problems }
}

/** What Slack would refuse in this view; empty when it may be opened or published. */
export function viewProblems(view: unknown): string[] {
  const parsed = parseView(view)
  return parsed.ok ? [] : parsed.problems
}

export function isTooLongForAMessage(blocks: Block[]): boolean {
  return charactersIn(blocks) + blocks.length * CHARACTERS_PER_BLOCK > MESSAGE_CHARACTERS
}

/** The size of a text as chat.update counts it: UTF-8 bytes after &, < and > are escaped. */
export function bytesWhenEscaped(text: string): number {
  return Buffer.byteLength(escapeMarkup(text))
}

function parseWith<T>(
  error: string,
  schema: z.ZodType<T>,
  value: unknown,
  pointer: string,
  problemsOfWhole: (value: T) => string[],
): ParseResult<T> {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => formatIssue(issue, pointer))
    return { ok: false, error, problems }
  }
  const problems = problemsOfWhole(parsed.data)
  return problems.length > 0 ? { ok: false, error, problems } : { ok: true, value: parsed.data }
}

function problemsAcross(blocks: Block[], surface: Surface, root: string): string[] {
  const problems: string[] = []
  const seen = new Set<string>()
  blocks.forEach((each, index) => {
    const pointer = `[json-pointer:${root}/${index}/type]`
    if (surface !== 'message' && ONLY_IN_MESSAGES.has(each.type)) {
      problems.push(`unsupported block type in a ${surface}: ${each.type} ${pointer}`)
    }
    if (each.block_id === undefined) return
    if (seen.has(each.block_id)) {
      problems.push(`duplicate block_id: ${each.block_id} [json-pointer:${root}/${index}/block_id]`)
    }
    seen.add(each.block_id)
  })
  if (blocks.filter((each) => each.type === 'table').length > 1) {
    problems.push('only one table is allowed in a message [json-pointer:/blocks]')
  }
  return [
    ...problems,
    ...blocks.flatMap((each, index) => repeatedActions(each, `${root}/${index}`)),
  ]
}

function repeatedActions(each: Block, pointer: string): string[] {
  const ids = elementsOf(each).flatMap((element) => element.action_id ?? [])
  const repeated = new Set(ids.filter((id, at) => ids.indexOf(id) !== at))
  return [...repeated].map((id) => `duplicate action_id: ${id} [json-pointer:${pointer}/elements]`)
}

function submitProblems(view: ViewDefinition): string[] {
  const hasInput = view.blocks.some((each) => each.type === 'input')
  return view.type === 'modal' && hasInput && !view.submit
    ? ['submit is required when an input block is in the view [json-pointer:/view/submit]']
    : []
}

function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + charactersIn(each), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, each]) =>
      sum + (key === 'text' && typeof each === 'string' ? each.length : charactersIn(each)),
    0,
  )
}

type Issue = z.core.$ZodIssue

/** A zod issue as Slack words it, with its JSON pointer. */
function formatIssue(issue: Issue, root: string): string {
  return `${issueText(issue)} [json-pointer:${[root, ...issue.path.map(String)].join('/')}]`
}

function issueText(issue: Issue): string {
  if (issue.code === 'too_big') {
    return issue.origin === 'array'
      ? `no more than ${issue.maximum} items allowed`
      : `must be less than ${Number(issue.maximum) + 1} characters`
  }
  if (issue.code === 'too_small') {
    return issue.origin === 'array'
      ? `no fewer than ${issue.minimum} items allowed`
      : `must be more than ${Number(issue.minimum) - 1} characters`
  }
  if (issue.code === 'unrecognized_keys')
    return `invalid additional property: ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_union') return 'unsupported type'
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return 'missing required field'
  }
  return issue.message
}
