import { tzOffset } from '@date-fns/tz'
import { z } from 'zod'
import type { Person } from '../model.ts'
import type { WorkspaceState } from '../state.ts'
import { count, type Methods, method } from './arguments.ts'
import { membersPage, pageArguments } from './pages.ts'

/** auth.test, users.info and users.list. Source: https://docs.slack.dev/reference/objects/user-object */
export function userMethods(state: WorkspaceState): Methods {
  const { bot, team } = state
  const botPerson: Person = { ...bot, id: bot.userId, tz: 'Etc/UTC', standing: 'bot' }
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
      user: userJson(state, args.user === bot.userId ? botPerson : state.person(args.user)),
    })),

    'users.list': method(listArguments, (args) => {
      const { members, ...rest } = membersPage([...state.people.values(), botPerson], args)
      return { members: members.map((person) => userJson(state, person)), ...rest }
    }),
  }
}

const listArguments = z.object({ ...pageArguments, limit: count.default(200) })

function userJson({ clock, team }: WorkspaceState, person: Person) {
  const { standing, email, title = '' } = person
  return {
    id: person.id,
    team_id: standing === 'outsider' ? 'T0ELSEWHERE' : team.id,
    name: person.name,
    deleted: standing === 'deactivated',
    real_name: person.realName,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: tzOffset(person.tz, clock.now()) * 60,
    profile: {
      real_name: person.realName,
      display_name: person.name,
      title,
      ...(email && { email }),
      team: team.id,
    },
    is_restricted: standing === 'guest',
    is_ultra_restricted: false,
    ...(standing === 'outsider' && { is_stranger: true }),
    is_bot: standing === 'bot',
    is_app_user: false,
  }
}
