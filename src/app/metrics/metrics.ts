import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { HandledRequest } from '../../chat/router-options.ts'
import type { AttemptEvent } from '../../outbox/dispatcher.ts'
import type { OutboxMetrics } from '../../outbox/statistics.ts'
import type { StrayFault } from '../process-faults.ts'

/** Metrics for Prometheus. Labels are names from our code: never a person, a channel or anything people wrote. */
export interface Metrics {
  recordRequest(what: Pick<HandledRequest, 'platform' | 'command' | 'outcome' | 'ms'>): void
  recordAttempt(what: AttemptEvent): void
  recordStrayFault(fault: StrayFault): void
  /** The metrics in the text format, with the present state of the outbox. */
  render(): Promise<string>
  readonly contentType: string
}

/** In seconds. Commands are usually answered in milliseconds and promised within one second; Slack waits three. */
const latencySeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10]

/** `figures` is called at each scrape, so that all replicas report the same state of the outbox that they share. */
export function createMetrics(figures: () => Promise<OutboxMetrics>): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register, prefix: 'milepost_' })
  const registers = [register]
  const commands = new Histogram({
    name: 'milepost_command_seconds',
    help: 'Time from receiving what was asked to its answer, by command and how it ended',
    labelNames: ['platform', 'command', 'ending'] as const,
    buckets: latencySeconds,
    registers,
  })
  const attempts = new Counter({
    name: 'milepost_delivery_attempts_total',
    help: 'Attempts to send by this process, by the state of the message afterwards; waiting is tried again',
    labelNames: ['platform', 'kind', 'state'] as const,
    registers,
  })
  const deliveries = new Gauge({
    name: 'milepost_deliveries',
    help: 'Messages of the outbox by state: on their way, or ended within the last day',
    labelNames: ['platform', 'state'] as const,
    registers,
  })
  const lag = new Gauge({
    name: 'milepost_delivery_lag_seconds',
    help: 'For how long the oldest message that is due has been waiting, in seconds; 0 where none is',
    registers,
  })
  const strayFaults = new Counter({
    name: 'milepost_stray_faults_total',
    help: 'Rejections and exceptions of this process that nobody caught',
    labelNames: ['fault'] as const,
    registers,
  })
  const outages = new Gauge({
    name: 'milepost_workspaces_broken',
    help: 'Workspaces that refuse Milepost until somebody mends it, by what the platform says',
    labelNames: ['platform', 'code'] as const,
    registers,
  })
  return {
    contentType: register.contentType,
    recordRequest: ({ platform, command = 'not understood', outcome, ms }) =>
      commands.observe({ platform, command, ending: outcome }, ms / 1000),
    recordAttempt: ({ platform, kind, state }) => attempts.inc({ platform, kind, state }),
    recordStrayFault: (fault) => strayFaults.inc({ fault }),
    render: async () => {
      const { counts, lagSeconds, outages: broken } = await figures()
      deliveries.reset()
      for (const { platform, state, count } of counts) deliveries.set({ platform, state }, count)
      lag.set(lagSeconds)
      outages.reset()
      for (const { platform, errorCode } of broken) outages.inc({ platform, code: errorCode })
      return register.metrics()
    },
  }
}
