import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '../../base/log.ts'

/** Bolt's log in ours. Its debug lines hold whole requests, objects may hold what people wrote: neither is kept. */
export function createBoltLogger(log: Log): Logger {
  const words = (parts: unknown[]) =>
    parts
      .map((part) => (part instanceof Error ? part.message : part))
      .filter((part) => typeof part === 'string')
      .join(' ')
  return {
    debug: () => {},
    info: (...parts) => log.info({ platform: 'slack' }, words(parts)),
    warn: (...parts) => log.warn({ platform: 'slack' }, words(parts)),
    error: (...parts) => log.error({ platform: 'slack' }, words(parts)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  }
}
