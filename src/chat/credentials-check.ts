import { clockDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import { fetchErrorText } from '../base/errors.ts'

/** What the platforms' checks of their credentials share: one POST, and the platform's clock in its response. */

const timeoutMs = 10_000

export type CheckResponse =
  /** `json` is null if the body is not JSON. */
  | { readonly status: number; readonly headers: Headers; readonly json: unknown }
  /** Why there was no response. */
  | { readonly unreachable: string }

/** Posts once, within ten seconds. Never throws. */
export async function postCheck(
  url: string | URL,
  request: Pick<RequestInit, 'headers' | 'body'>,
): Promise<CheckResponse> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, { method: 'POST', ...request, signal })
    const json: unknown = await response.json().catch(() => null)
    return { status: response.status, headers: response.headers, json }
  } catch (error) {
    return { unreachable: fetchErrorText(error) }
  }
}

/** Why nothing answers there, within ten seconds; undefined where something does, whatever it says. Never throws. */
export async function whyUnreachable(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
    await response.body?.cancel()
    return undefined
  } catch (error) {
    return fetchErrorText(error)
  }
}

/** Compares our clock with the response's Date header; empty if it has none. */
export function clockDiagnostics(title: string, headers: Headers, now: Date): Diagnostic[] {
  const date = headers.get('date')
  return date ? [clockDiagnostic(title, now, new Date(date))] : []
}
