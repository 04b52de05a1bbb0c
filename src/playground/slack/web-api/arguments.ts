import { z } from 'zod'
import { ApiError } from '../api-error.ts'

/** One method of the Web API: arguments in, the fields of an "ok: true" answer out. */
export type Method = (args: Record<string, unknown>) => object
export type Methods = Record<string, Method>

/** A method whose arguments are read by a schema; `invalid_arguments` for those that do not fit. */
export function method<S extends z.ZodType>(schema: S, run: (args: z.output<S>) => object): Method {
  return (args) => {
    const parsed = schema.safeParse(args)
    if (parsed.success) return run(parsed.data)
    const problems = parsed.error.issues.map(
      (issue) => `${issue.message} [json-pointer:/${issue.path.join('/')}]`,
    )
    throw new ApiError('invalid_arguments', problems)
  }
}

/** A structured argument: JSON as it is, or JSON in a string, as in a form. */
export const json = z.unknown().transform((value, context) => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'must be valid JSON' })
    return z.NEVER
  }
})

/** A yes or no: `true`, "true" or "1" in a form. */
export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1'),
])

export const count = z.coerce.number().int().min(1).max(1000)

/** The arguments of a request: a form or a JSON object. */
export function readArguments(body: string, contentType: string): Record<string, unknown> {
  if (!contentType.startsWith('application/json')) {
    return Object.fromEntries(new URLSearchParams(body))
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body || '{}'))
  } catch {
    throw new ApiError('invalid_json')
  }
}
