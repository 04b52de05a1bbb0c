import { officeMembers } from '../../../authority/programme-roles.ts'
import type { CommandContext } from '../../../chat/commands.ts'
import { type NoticeButton, noticeCard } from '../../../chat/notice.ts'
import type { AccountKey } from '../../../domain/people/accounts.ts'
import { directPlaceOf, directPlaceOfIdentity } from '../../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../../domain/people/language-of.ts'
import { programmesOf } from '../../../domain/plan/store.ts'
import { defineMessageKind } from '../../../outbox/message-kinds.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { unlinkName } from '../matching/names.ts'

/** Tells a person, at the account that they had, that another one was joined to it. */
export const accountJoinedKind = defineMessageKind({
  kind: 'account-joined',
  title: 'Word that an account was joined',
  authority: 'read plan',
})

/** Tells the office the same, with the way to take it back. */
export const officeJoinedKind = defineMessageKind({
  kind: 'office-account-joined',
  title: 'Word that somebody joined an account',
  authority: 'run programme',
  isFailureReported: false,
})

export interface JoinedAccount {
  readonly person: { readonly id: string; readonly name: string }
  /** Where the code was given. */
  readonly known: AccountKey
  /** Where it was typed. */
  readonly joined: AccountKey
}

/** Whoever did not do it themselves hears of it where they are, and the office of each of their programmes undoes it. */
export async function tellOfJoinedAccount(
  context: CommandContext,
  { person, known, joined }: JoinedAccount,
): Promise<void> {
  const { tx, now, platformTitle } = context
  const { platform, tenant, user } = joined
  const programmes = await programmesOf(tx, person.id)
  const key = `joined:${platform}:${tenant}:${user}:${now.getTime()}`
  const title = platformTitle(platform)
  const tell = async (
    personId: string,
    message: Pick<Parameters<typeof enqueue>[1], 'key' | 'kind' | 'place' | 'why'> & {
      readonly line: string
      readonly programmeIds: readonly string[]
      readonly buttons?: NoticeButton[]
    },
  ) => {
    const { line, buttons = [], ...rest } = message
    const card = await inLanguageOf(tx, personId, () =>
      noticeCard({ heading: 'An account was joined', lines: [line], buttons }),
    )
    await enqueue(tx, { ...rest, card, personId }, now)
  }

  await tell(person.id, {
    ...{ key, kind: accountJoinedKind, programmeIds: [] },
    place: await directPlaceOfIdentity(tx, known),
    line: `Your account ${user} in ${title} was joined to this one, by the code that you asked for. If that was not you, tell your programme office at once.`,
    why: ['A code that was given to you was typed there.'],
  })
  for (const { id: programmeId, key: programme } of programmes) {
    const data = { programme, person: person.id, platform, tenant, user }
    for (const { personId } of await officeMembers(tx, [programmeId])) {
      const place = personId === person.id ? undefined : await directPlaceOf(tx, personId)
      if (!place) continue
      await tell(personId, {
        ...{ key: `${key}:${programmeId}:${personId}`, kind: officeJoinedKind, place },
        programmeIds: [programmeId],
        line: `${person.name} says that ${user} in ${title} (${tenant}) is theirs, too: they typed a code there. It acts as ${person.name} from now on.`,
        buttons: [{ title: 'Take it off', verb: unlinkName, data }],
        why: ['You are in the programme office, and somebody of your programme joined an account.'],
      })
    }
  }
}
