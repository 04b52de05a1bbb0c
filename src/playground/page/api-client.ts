import type { ClockAction, SlackAction, TeamsAction, ViewModel } from '../view-model.ts'

interface ActionBodies {
  slack: SlackAction
  teams: TeamsAction
  clock: ClockAction
}

const UNREACHABLE = 'The playground does not answer. Is it still running? Nothing was sent.'

/** Sends an action of a person. Returns undefined when it is done, else the reason, as a text for the person. */
export async function sendAction<Kind extends keyof ActionBodies>(
  kind: Kind,
  person: string,
  action: ActionBodies[Kind],
): Promise<string | undefined> {
  try {
    const response = await fetch(`/playground/api/${kind}?person=${encodeURIComponent(person)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    })
    if (response.status === 204) return undefined
    const body: unknown = await response.json()
    return refusalText(body) ?? 'That did not work.'
  } catch {
    return UNREACHABLE
  }
}

function refusalText(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('refused' in body)) return undefined
  return typeof body.refused === 'string' ? body.refused : undefined
}

/** Subscribes to the view model of one person. The browser reconnects by itself. Returns a function that stops it. */
export function watchViewModel(
  person: string,
  onChange: (model: ViewModel) => void,
  onConnection: (connected: boolean) => void,
): () => void {
  const source = new EventSource(`/playground/api/events?person=${encodeURIComponent(person)}`)
  source.onopen = () => onConnection(true)
  source.onerror = () => onConnection(false)
  source.onmessage = ({ data }: MessageEvent<string>) => onChange(JSON.parse(data))
  return () => source.close()
}
