/** The proxy that calls to https:// addresses go through. */
export interface OutboundProxy {
  /** http://proxy.council.example:8080; it may hold a name and a password. */
  readonly url: string
  /** Hosts that are called without it, with commas between them, as NO_PROXY says them. */
  readonly except: string
}
