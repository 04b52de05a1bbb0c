import type { IncomingHttpHeaders } from 'node:http'

/** Whether a host's name or address, as a URL writes it, means this machine and nothing else. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

const safeMethods: readonly (string | undefined)[] = ['GET', 'HEAD']

/**
 * What of a request to a port on loopback shows that a page of another site sent it; undefined where nothing does.
 * Listening on loopback is not enough: such a page can point its own name at 127.0.0.1 (DNS rebinding: `host`), or post
 * across sites (`site`).
 */
export function foreignSignOf(
  { host = '', origin, ...headers }: IncomingHttpHeaders,
  method: string | undefined,
): 'host' | 'site' | undefined {
  if (!isLoopbackHost(hostnameOf(`http://${host}`))) return 'host'
  if (safeMethods.includes(method)) return undefined
  const site = headers['sec-fetch-site'] ?? 'none'
  const isForeign = origin !== undefined && origin !== `http://${host}`
  return isForeign || (site !== 'same-origin' && site !== 'none') ? 'site' : undefined
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}
