/**
 * Tells "the database is away for the moment" from every other failure, whichever library reports it. A caller answers it
 * with "try again in a minute": nothing was saved that was not acknowledged.
 */

/** The database could not be reached, or closed the connection. The message may name the host, never a credential. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError'
}

/** The error for a statement or commit whose connection was lost. */
export function databaseUnavailable(cause: unknown): DatabaseUnavailableError {
  return new DatabaseUnavailableError('The database is away for the moment', { cause })
}

const connectionErrorCodes = new Set([
  // Node's sockets
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // PostgreSQL, appendix A: shutdown, crash, starting up, idle session ended, too many connections,
  // a statement that ran out of time; a disk that is full, no memory left: somebody makes room, and it works again
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '53300',
  '57014',
  '53100',
  '53200',
  // Prisma: unreachable, timed out, closed, no free connection, transaction lost its connection or time
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
])

/**
 * What Prisma's driver makes of a socket's error, in place of its code, where a raw statement fails.
 * Source: mapSocketError in @prisma/adapter-pg
 */
const connectionErrorKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout'])

/** Messages of node-postgres that come without a code; Prisma passes them on unchanged. */
const connectionErrorPattern =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/

/**
 * Whether `error` means that the database is away and the same request may work in a minute.
 * A socket's error that did not come through Prisma is someone else's (Slack's, say), so it is not counted.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DatabaseUnavailableError || connectionErrorPattern.test(error.message))
    return true
  return error.name.startsWith('PrismaClient') && isConnectionError(error)
}

/** The same for an error that is known to come from PostgreSQL's driver. For src/infra only. */
export function isConnectionError(error: unknown): boolean {
  return errorChain(error).some(
    (one) =>
      one instanceof DatabaseUnavailableError ||
      codesOf(one).some((code) => connectionErrorCodes.has(code) || code.startsWith('08')) ||
      ('kind' in one && connectionErrorKinds.has(String(one.kind))) ||
      (one instanceof Error && connectionErrorPattern.test(one.message)),
  )
}

/** Whether two transactions conflicted (deadlock or serialization failure) and this one should begin again. */
export function isTransactionConflict(error: unknown): boolean {
  return errorChain(error).some((one) =>
    codesOf(one).some((code) => code === 'P2034' || code === '40001' || code === '40P01'),
  )
}

/** The codes that an error and its causes carry, outermost first. */
export function errorCodes(error: unknown): string[] {
  return errorChain(error).flatMap(codesOf)
}

/** An error and everything inside it: causes, aggregated errors, Prisma's driver error. */
function errorChain(error: unknown, depth = 0): object[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const inner = [
    'cause' in error ? error.cause : undefined,
    'driverAdapterError' in error ? error.driverAdapterError : undefined,
    'meta' in error ? error.meta : undefined,
    ...('errors' in error && Array.isArray(error.errors) ? error.errors : []),
  ]
  return [error, ...inner.flatMap((one) => errorChain(one, depth + 1))]
}

function codesOf(error: object): string[] {
  const codes = [
    'code' in error ? error.code : undefined,
    'originalCode' in error ? error.originalCode : undefined,
  ]
  return codes.filter((code) => typeof code === 'string')
}
