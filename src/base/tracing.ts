import { AsyncLocalStorage } from 'node:async_hooks'
import type { PlatformName } from './addresses.ts'
import type { AskedBy } from './request-context.ts'

/**
 * Where the time of a request or of a message goes: spans, each with a name and facts of our own code. Without a tracer
 * nothing is measured, kept or looked up but one variable.
 */

export type SpanName =
  | 'request'
  | 'command'
  | 'minute task'
  | 'programme look'
  | 'transaction'
  | 'outbox message'
  | 'outbox edit'
  | 'platform call'

/**
 * All that a span may say, so that no word that somebody wrote leaves Milepost by a trace: names from our code, codes of
 * platforms, numbers. No person, no place, no text.
 */
export interface SpanFacts {
  readonly platform?: PlatformName | undefined
  readonly askedBy?: AskedBy | undefined
  /** A command's name: "update". */
  readonly command?: string | undefined
  /** How a request ended: "answered", "refused". */
  readonly outcome?: string | undefined
  /** A task of the minute: "reminders". */
  readonly task?: string | undefined
  readonly messageKind?: string | undefined
  /** Of a message after an attempt: "sent", "waiting". */
  readonly state?: string | undefined
  readonly attempt?: number | undefined
  /** A method of the platform's port: "send". */
  readonly call?: string | undefined
  /** "ok", or the code with which a platform refused. */
  readonly status?: string | undefined
}

export interface Span {
  child(name: SpanName, facts: SpanFacts): Span
  note(facts: SpanFacts): void
  /** `error`: what made it fail. Its class is told, and never its message. */
  end(error?: unknown): void
  /** Its name in the header of W3C Trace Context, so that another process can go on with its trace. */
  readonly traceparent: string
}

/** Measures where a trace is wanted. */
export interface Tracer {
  /** The first span of a trace, or the next one of the trace that `traceparent` names. */
  begin(name: SpanName, facts: SpanFacts, traceparent?: string): Span
}

const current = new AsyncLocalStorage<Span>()

/** Runs `work` as the first span of a trace; without a tracer, just runs it. */
export function trace<T>(
  tracer: Tracer | undefined,
  name: SpanName,
  facts: SpanFacts,
  work: () => Promise<T>,
  traceparent?: string,
): Promise<T> {
  return tracer ? runAs(tracer.begin(name, facts, traceparent), work) : work()
}

/** Runs `work` as a step of the trace that is being made; where none is, just runs it. */
export function step<T>(name: SpanName, facts: SpanFacts, work: () => Promise<T>): Promise<T> {
  const parent = current.getStore()
  return parent ? runAs(parent.child(name, facts), work) : work()
}

/** Adds facts that are known only now to the innermost span. */
export const noteInSpan = (facts: SpanFacts): void => current.getStore()?.note(facts)

export const currentTraceparent = (): string | undefined => current.getStore()?.traceparent

/** Runs what serves others, too, and so belongs to no trace, although one of them started it. */
export function outsideTrace<T>(work: () => T): T {
  return current.getStore() ? current.exit(work) : work()
}

async function runAs<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    const result = await current.run(span, work)
    span.end()
    return result
  } catch (error) {
    span.end(error)
    throw error
  }
}
