import type { DigestContent } from '../../../domain/digests/content/content.ts'

/**
 * What readers can do from a digest: one row for all of it, since a button on each line would not fit. Each opens a
 * form that asks of which project. Decisions have buttons of their own. The public only reads.
 */
export function actionsOf({ programme, audience }: DigestContent) {
  if (audience === 'public') return undefined
  const data = { programme: programme.key }
  return [
    { title: 'Ask', verb: 'ask:form', data },
    { title: 'Open project', verb: 'show:form', data },
    { title: 'Follow', verb: 'follow:form', data },
  ]
}
