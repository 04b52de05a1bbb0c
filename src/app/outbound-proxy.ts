import { setGlobalProxyFromEnv } from 'node:http'
import type { OutboundProxy } from '../base/outbound-proxy.ts'

/**
 * From now on every call to an https:// address goes through the proxy: by fetch (Slack's Web API, files, the public
 * address), by Node's http (Microsoft's tokens and signing keys), and by the Bot Framework's connector, which reads the
 * environment alone. Slack's Socket Mode takes a dispatcher of its own: see src/platforms/slack/app.ts.
 * Returns what undoes it.
 */
export function useOutboundProxy(
  proxy: OutboundProxy | undefined,
  env: NodeJS.ProcessEnv = process.env,
): () => void {
  if (!proxy) return () => {}
  const before = { HTTPS_PROXY: env.HTTPS_PROXY, NO_PROXY: env.NO_PROXY }
  const names = { HTTPS_PROXY: proxy.url, NO_PROXY: proxy.except }
  Object.assign(env, names)
  const restore = setGlobalProxyFromEnv(names)
  return () => {
    restore()
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete env[name]
      else env[name] = value
    }
  }
}
