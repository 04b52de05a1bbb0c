import { tzOffset } from '@date-fns/tz'
import { z } from 'zod'
import type { Person } from '../model.ts'
import type { WorkspaceState } from '../state.ts'
import { type Methods, method } from './arguments.ts'

/** auth.test and users.info. Source: https://docs.slack.dev/reference/objects/user-object */
export function userMethods(state: WorkspaceState): Methods {
  const { bot, team } = state
  return {
    'auth.test': () => ({
      url: 'http://127.0.0.1/',
      team: team.name,
      team_id: team.id,
      user: bot.name,
      user_id: bot.userId,
      bot_id: bot.botId,
      is_enterprise_install: false,
    }),

    'users.info': method(z.object({ user: z.string() }), (args) => ({
      user: userJson(
        state,
        args.user === bot.userId
          ? { ...bot, id: bot.userId, tz: 'Etc/UTC' }
          : state.person(args.user),
      ),
    })),
  }
}

function userJson({ bot, clock, team }: WorkspaceState, person: Person) {
  return {
    id: person.id,
    team_id: team.id,
    name: person.name,
    deleted: false,
    real_name: person.realName,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: tzOffset(person.tz, clock.now()) * 60,
    profile: {
      real_name: person.realName,
      display_name: person.name,
      team: team.id,
    },
    is_bot: person.id === bot.userId,
    is_app_user: false,
  }
}
