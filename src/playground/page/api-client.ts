import type { ClockAction, SlackAction, TeamsAction, ViewModel } from '../view-model.ts'

interface ActionBodies {
  slack: SlackAction
  teams: TeamsAction
  clock: ClockAction
}

const UNREACHABLE = 'The playground does not answer. Is it still running? Nothing was sent.'

/** Sends what a person did. Gives undefined when it was done, else why not, in words for the person. */
export async function sendAction<Kind extends keyof ActionBodies>(
  kind: Kind,
  person: string,
  body: ActionBodies[Kind],
): Promise<string | undefined> {
  try {
    const response = await fetch(`/playground/api/${kind}?person=${encodeURIComponent(person)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.status === 204) return undefined
    const answer: unknown = await response.json()
    return refusalText(answer) ?? 'That did not work.'
  } catch {
    return UNREACHABLE
  }
}

function refusalText(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('refused' in answer)) return undefined
  return typeof answer.refused === 'string' ? answer.refused : undefined
}

/** Watches the playground as one person. The browser connects again by itself. Returns how to stop. */
export function watchViewModel(
  person: string,
  onSeen: (seen: ViewModel) => void,
  onConnection: (connected: boolean) => void,
): () => void {
  const source = new EventSource(`/playground/api/events?person=${encodeURIComponent(person)}`)
  source.onopen = () => onConnection(true)
  source.onerror = () => onConnection(false)
  source.onmessage = ({ data }: MessageEvent<string>) => onSeen(JSON.parse(data))
  return () => source.close()
}
