/** What we need of a pino logger. Neither tokens nor what people wrote goes into it. */
export interface Log {
  info(about: object, words: string): void
  warn(about: object, words: string): void
  error(about: object, words: string): void
}
