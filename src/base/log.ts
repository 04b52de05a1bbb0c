/**
 * Where something is written down for whoever runs Milepost; pino fits it. Never a token, nor what people wrote.
 */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
