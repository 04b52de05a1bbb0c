import type { ChatIdentity } from '../base/addresses.ts'
import { Refusal } from '../base/errors.ts'
import { findMention } from '../base/mentions.ts'
import { standingProblem } from '../base/standing.ts'
import type { QueryContext } from './commands.ts'
import type { UserProfile } from './port.ts'

/** An account that the office chose, as its platform tells of it now. */
export interface ChosenAccount {
  readonly account: ChatIdentity
  readonly profile: UserProfile
}

type ChoiceContext = Pick<QueryContext, 'place' | 'mentions' | 'profile'>

/**
 * Whom a mention in a typed line or the id that a picker gave means.
 * @throws Refusal where the platform does not say who it is, or it is nobody who can use Milepost
 */
export async function readChosenAccount(
  context: ChoiceContext,
  chosen: string,
): Promise<ChosenAccount> {
  const mention = findMention(context.mentions, chosen)
  const { platform, tenant } = context.place
  const asked = mention?.account ?? { platform, tenant, user: chosen.trim() }
  if (!mention && /\s|^@/.test(asked.user)) throw noAccountRefusal(chosen)
  const profile = await context.profile(asked)
  if (!profile) {
    throw new Refusal(
      `I could not find out who ${mention ? mention.text : 'that'} is. Nothing was saved. Please try again in a minute.`,
    )
  }
  const account = { ...asked, user: profile.user ?? asked.user }
  const problem = standingProblem(profile.standing)
  if (problem) throw new Refusal(`${profile.displayName} ${problem} Nothing was saved.`)
  return { account, profile }
}

const noAccountRefusal = (chosen: string) =>
  new Refusal(
    `“${chosen}” is no account. Mention the person, as in @name, or press Choose. Nothing was saved.`,
  )
