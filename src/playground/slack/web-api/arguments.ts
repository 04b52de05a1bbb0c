import { z } from 'zod'
import { ApiError } from '../api-error.ts'

/** One method of the Web API: takes arguments, returns the fields of an "ok: true" response. */
export type Method = (args: Record<string, unknown>) => object
export type Methods = Record<string, Method>

/** A method whose arguments a schema parses; others are answered with `invalid_arguments`. */
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

/** A structured argument: JSON, or JSON in a string, as in a form. */
export const json = z.unknown().transform((value, context) => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'must be valid JSON' })
    return z.NEVER
  }
})

/** A boolean: `true`, or "true" or "1" in a form. */
export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1'),
])

export const count = z.coerce.number().int().min(1).max(1000)

/** Parses the arguments of a request: a form or a JSON object. @throws ApiError `invalid_json` */
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
