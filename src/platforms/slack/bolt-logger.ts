import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '../../base/log.ts'

/** Writes Bolt's log into ours, without its debug lines and objects: they can hold what people wrote. */
export function createBoltLogger(log: Log): Logger {
  const textOf = (parts: unknown[]) =>
    parts
      .map((part) => (part instanceof Error ? part.message : part))
      .filter((part) => typeof part === 'string')
      .join(' ')
  return {
    debug: () => {},
    info: (...parts) => log.info({ platform: 'slack' }, textOf(parts)),
    warn: (...parts) => log.warn({ platform: 'slack' }, textOf(parts)),
    error: (...parts) => log.error({ platform: 'slack' }, textOf(parts)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  }
}
