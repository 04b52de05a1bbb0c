import { z } from 'zod'
import { forbidden, memberNotFound, throttled } from './connector-error.ts'
import type { Person } from './model.ts'
import type { ConnectorResponse } from './operations.ts'
import type { RateClass, RateLimiter } from './rate-limiter.ts'
import type { TenantState } from './state.ts'

const page = z.object({
  // Teams' own minimum is 50; small pages let a test see more than one.
  pageSize: z.coerce.number().int().min(1).max(500).default(200),
  continuationToken: z.coerce.number().int().min(0).default(0),
})

/** The connector's look-ups: members of conversations, the team and its channels. */
export class Roster {
  readonly #state: TenantState
  readonly #rates: RateLimiter | null

  constructor(state: TenantState, rates: RateLimiter | null) {
    this.#state = state
    this.#rates = rates
  }

  members(conversationId: string): ConnectorResponse {
    return ok(this.#peopleOf(conversationId).map((person) => this.#asMember(person)))
  }

  pagedMembers(conversationId: string, query: unknown): ConnectorResponse {
    const { pageSize, continuationToken } = page.parse(query)
    const all = this.#peopleOf(conversationId)
    const end = continuationToken + pageSize
    return ok({
      members: all.slice(continuationToken, end).map((person) => this.#asMember(person)),
      ...(end < all.length ? { continuationToken: String(end) } : {}),
    })
  }

  /** A member by the Teams id or the directory id. */
  member(conversationId: string, memberId: string): ConnectorResponse {
    const person = this.#state.findPerson(memberId)
    const here = this.#peopleOf(conversationId)
    if (!person || !here.includes(person)) throw memberNotFound()
    return ok(this.#asMember(person))
  }

  team(teamId: string): ConnectorResponse {
    const { id, name, channels } = this.#team(teamId)
    const memberCount = this.#state.layout.people.length
    return ok({ id, name, type: 'standard', memberCount, channelCount: channels.length })
  }

  channels(teamId: string): ConnectorResponse {
    const { id, channels } = this.#team(teamId)
    // Teams gives the General channel no name, so that each client can show it in its own language.
    const conversations = channels.map((channel) =>
      channel.id === id ? { id } : { id: channel.id, name: channel.name },
    )
    return ok({ conversations })
  }

  /** The one person of a chat; everyone in a channel, a thread or the team. */
  #peopleOf(conversationId: string): Person[] {
    this.#requireCapacity('members', conversationId)
    const { team, people } = this.#state.layout
    if (conversationId === team.id) return people
    const place = this.#state.place(conversationId)
    this.#state.requireInstalled(place)
    return place.kind === 'chat' ? [place.person] : people
  }

  #team(teamId: string) {
    this.#requireCapacity('channels', teamId)
    const { team } = this.#state.layout
    if (teamId !== team.id) throw forbidden('The bot is not in this team.')
    return team
  }

  #requireCapacity(kind: RateClass, conversation: string): void {
    const wait = this.#rates?.tryAcquire(kind, conversation) ?? null
    if (wait !== null) throw throttled(wait)
  }

  #asMember({ id, aadObjectId, name }: Person) {
    const [givenName = name, ...rest] = name.split(' ')
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@council.example`
    return {
      id,
      name,
      givenName,
      surname: rest.join(' '),
      // The connector calls it objectId; newer versions send both.
      objectId: aadObjectId,
      aadObjectId,
      email,
      userPrincipalName: email,
      tenantId: this.#state.layout.tenant.id,
      userRole: this.#state.guests.has(id) ? 'guest' : 'user',
    }
  }
}

function ok(body: unknown): ConnectorResponse {
  return { status: 200, body }
}
