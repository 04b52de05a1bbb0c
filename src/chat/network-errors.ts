/** With these the request was never sent: there was no connection, or its certificate was not accepted. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * Whether this error code of Node's means that the request was not sent, so that nothing was posted. After any other
 * code the platform may have acted, and only its response was lost.
 */
export function wasNotSent(code: string): boolean {
  return notSentCodes.has(code)
}
