/** Somebody of the sample's programme office stores a form in Teams. */
const office = {
  tenant: '7c1e5a10-0000-4000-8000-000000000001',
  user: 'a1000000-0000-4000-8000-000000000001',
}

/** The press as Teams sends it to a bot on this machine, which checks no token: the same for both sides. */
export function teamsRequest(id: string) {
  const form = { standing: 'view', submits: { words: ['reason'], lists: [] } }
  const body = JSON.stringify({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id,
    channelId: 'msteams',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: 'a:1', conversationType: 'personal', tenantId: office.tenant },
    from: { id: `29:${office.user}`, aadObjectId: office.user, name: 'Priya Marlowe' },
    recipient: { id: '28:milepost', name: 'Milepost' },
    value: {
      action: {
        type: 'Action.Execute',
        verb: 'update',
        data: { project: '1.1', state: 'green', reason: '', __form: form },
      },
    },
  })
  return { body, headers: { 'content-type': 'application/json' } }
}
