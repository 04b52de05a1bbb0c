/** With these the request never left: no line stood, or the other side was not who it should be. */
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
 * Whether a line that broke with this code of Node's carried nothing, so that nothing was posted. After any other, the
 * platform may have acted, and its answer been lost.
 */
export function wasNotSent(code: string): boolean {
  return notSentCodes.has(code)
}
