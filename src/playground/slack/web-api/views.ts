import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { WorkspaceState } from '../state.ts'
import type { Triggers } from '../triggers.ts'
import { parseDefinition, type Views } from '../views.ts'
import { json, type Methods, method } from './arguments.ts'

const view = { view: json }
const hash = { hash: z.string().optional() }

/** views.*. Source: https://docs.slack.dev/reference/methods/views.open */
export function viewMethods(state: WorkspaceState, views: Views, triggers: Triggers): Methods {
  const withTrigger = z.object({ ...view, trigger_id: z.string() })
  return {
    // The view is parsed first: one that Slack refuses does not use the trigger up.
    'views.open': method(withTrigger, (args) => {
      const definition = parseDefinition(args.view)
      return { view: views.open(triggers.exchange(args.trigger_id), definition) }
    }),

    'views.push': method(withTrigger, (args) => {
      const definition = parseDefinition(args.view)
      return { view: views.push(triggers.exchange(args.trigger_id), definition) }
    }),

    'views.update': method(
      z.object({
        ...view,
        ...hash,
        view_id: z.string().optional(),
        external_id: z.string().optional(),
      }),
      (args) => {
        if (!args.view_id && !args.external_id) {
          throw new ApiError('invalid_arguments', ['view_id or external_id is required'])
        }
        const matches = (each: { id: string; external_id: string }) =>
          args.view_id ? each.id === args.view_id : each.external_id === args.external_id
        return { view: views.update(matches, parseDefinition(args.view), args.hash) }
      },
    ),

    'views.publish': method(z.object({ ...view, ...hash, user_id: z.string() }), (args) => {
      const person = state.person(args.user_id)
      return { view: views.publish(person.id, parseDefinition(args.view), args.hash) }
    }),
  }
}
