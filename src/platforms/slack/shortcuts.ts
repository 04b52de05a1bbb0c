/** The shortcuts that Slack offers, everywhere or on a message, and the form that each opens. */

export interface Shortcut {
  readonly callbackId: string
  /** At most 24 characters. */
  readonly name: string
  readonly type: 'global' | 'message'
  readonly description: string
  /** Of the button that would open the same form. */
  readonly verb: string
}

const update = {
  ...{ callbackId: 'update-project', name: 'Update a project', type: 'global' },
  ...{ description: 'Say how a project stands', verb: 'choose-update:form' },
} as const satisfies Shortcut

const milestone = {
  ...{ callbackId: 'add-milestone', name: 'Add a milestone', type: 'global' },
  ...{ description: 'Add a milestone to a project', verb: 'choose-milestone:form' },
} as const satisfies Shortcut

/** A message becomes an entry of the register, or a milestone: with its words, and a link back to it. */
const ofMessages = [
  { callbackId: 'message-risk', name: 'Make it a risk', verb: 'risk:form' },
  { callbackId: 'message-action', name: 'Make it an action', verb: 'choose-milestone:form' },
  { callbackId: 'message-decision', name: 'Make it a decision', verb: 'decision:form' },
].map((one): Shortcut => {
  const description = `${one.name} of a programme, with a link to this message`
  return { ...one, type: 'message', description }
})

export const shortcuts: readonly Shortcut[] = [update, milestone, ...ofMessages]
