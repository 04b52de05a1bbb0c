/** The only file that imports OpenTelemetry; loaded where a collector is named, so that nothing of it costs others. */
import {
  DiagLogLevel,
  diag,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Log } from '../../base/log.ts'
import type { Span, SpanFacts, Tracer } from '../../base/tracing.ts'

export interface Tracing {
  readonly tracer: Tracer
  /** Sends what is left. Never throws: a collector that is away does not keep a service from stopping. */
  stop(): Promise<void>
}

export interface TracingOptions {
  /** As it stands beside the spans of other services: "milepost". */
  readonly serviceName: string
  readonly log: Pick<Log, 'warn'>
  /**
   * Left out: OTLP over HTTP, to the address and with the headers of the environment, by the names of OpenTelemetry
   * (opentelemetry.io/docs/specs/otel/protocol/exporter).
   */
  readonly exporter?: SpanExporter
}

export function createTracing({ serviceName, log, exporter }: TracingOptions): Tracing {
  const warn = (message: string) => log.warn({ error: message }, 'Traces')
  const quiet = () => {}
  diag.setLogger(
    { error: warn, warn, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  const provider = new TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': serviceName })),
    spanProcessors: [new BatchSpanProcessor({ exporter: exporter ?? new OTLPTraceExporter() })],
  })
  return {
    tracer: tracerOf(provider),
    stop: () => provider.shutdown().catch((error: unknown) => warn(String(error))),
  }
}

function tracerOf(provider: TracerProvider): Tracer {
  const otel = provider.getTracer('milepost')
  const begin = (name: string, facts: SpanFacts, parent = ROOT_CONTEXT): Span => {
    const span = otel.startSpan(name, { attributes: attributesOf(facts) }, parent)
    const here = trace.setSpan(ROOT_CONTEXT, span)
    return {
      child: (childName, childFacts) => begin(childName, childFacts, here),
      note: (more) => span.setAttributes(attributesOf(more)),
      end: (error) => endSpan(span, error),
      traceparent: formatTraceparent(span),
    }
  }
  return {
    begin: (name, facts, traceparent) => begin(name, facts, parseTraceparent(traceparent)),
  }
}

/** Only the class of an error: its message may hold what somebody wrote. */
function endSpan(span: OtelSpan, error: unknown): void {
  if (error !== undefined) {
    span.setAttribute('error.type', error instanceof Error ? error.name : typeof error)
    span.setStatus({ code: SpanStatusCode.ERROR })
  }
  span.end()
}

/** { messageKind: "digest" } as { "milepost.message_kind": "digest" }. */
function attributesOf(facts: SpanFacts): Record<string, string | number> {
  const given = Object.entries(facts).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([name, value]) => [
      `milepost.${name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)}`,
      value,
    ]),
  )
}

/** www.w3.org/TR/trace-context/#traceparent-header */
function formatTraceparent(span: OtelSpan): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

function parseTraceparent(traceparent = '') {
  const [, traceId, spanId, flags] =
    /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(traceparent) ?? []
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16)
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
