/**
 * The log for whoever runs Milepost, in the shape of pino's. Never log a token or what people wrote.
 */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
