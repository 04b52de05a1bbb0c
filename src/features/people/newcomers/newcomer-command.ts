import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import { type CommandContext, defineCommand, optionalText } from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../../chat/notice.ts'
import { directPlaceOf } from '../../../domain/people/direct-places.ts'
import { personIdOfAccount } from '../../../domain/people/identity-store.ts'
import { inLanguageOf } from '../../../domain/people/language-of.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { messageIdsByKeyPrefix } from '../../../outbox/find-message.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { linkOwner } from '../matching/link-owner.ts'
import { findPersonHere } from '../person-here.ts'
import {
  closeNewcomerQuestions,
  newcomerKeyPrefix,
  newcomerName,
  welcomeKind,
} from './newcomer-messages.ts'

/** The office answers who somebody unknown is, in one press; any of its members, once. */
export const peopleNewcomer = defineCommand({
  name: newcomerName,
  usages: ['people newcomer <user> is <person> [for <programme>]'],
  slots: { user: slot.word, person: slot.text, programme: slot.word },
  examples: ['people newcomer U2 is Ben Okoro'],
  authority: ['run programme'],
  summary:
    'Say that somebody new who has written to Milepost is who the plan names. For the programme office.',
  args: z.object({
    ...{ person: z.string(), user: z.string(), programme: optionalText },
    ...{ platform: optionalText, tenant: optionalText, answer: optionalText },
  }),
  run: async (context, args) => {
    const { tx, now, actor, place } = context
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const owner = await findPersonHere(tx, programme.id, args.person)
    const { platform = place.platform, tenant = place.tenant, user } = args
    const account = { platform, tenant, user }
    await lockProgramme(tx, programme.id)
    const asked = newcomerKeyPrefix(account, owner.id)
    if ((await messageIdsByKeyPrefix(tx, `${asked}${programme.id}:`)).length === 0)
      throw new Refusal('Nobody with that account has written to me. Nothing was changed.')
    const closed = { programmeId: programme.id }
    const known = await personIdOfAccount(tx, account)
    if (known === owner.id)
      throw new Refusal(`That was answered already: it is ${owner.name}. Nothing was changed.`)
    if (args.answer === 'no') {
      const line = `${actor.name} said: that is not ${owner.name}.`
      await closeNewcomerQuestions(tx, { ...closed, prefix: asked, answer: line }, now)
      return savedResult([line])
    }
    await linkOwner(tx, { programmeId: programme.id, owner, account, now })
    const line = `${actor.name} said: that is ${owner.name}. They can be asked from now on.`
    await closeNewcomerQuestions(
      tx,
      { ...closed, prefix: newcomerKeyPrefix(account), answer: line },
      now,
    )
    await welcome(context, programme, (await personIdOfAccount(tx, account)) ?? owner.id)
    return savedResult([line])
  },
})

/** Whoever was told that the office is asked hears the answer. */
async function welcome(
  { tx, now, prefix }: CommandContext,
  { id: programmeId, title }: Programme,
  personId: string,
): Promise<void> {
  const place = await directPlaceOf(tx, personId)
  if (!place) return
  const line = `The programme office of ${title} has said who you are. Type ${prefix} to see what is yours.`
  const card = await inLanguageOf(tx, personId, () =>
    noticeCard({ heading: 'I know you now', lines: [line], buttons: [] }),
  )
  const message = {
    ...{ key: `welcome:${programmeId}:${personId}`, kind: welcomeKind, card, place, personId },
    ...{ programmeIds: [programmeId] },
    why: ['You wrote to me, and the programme office has said who you are.'],
  }
  await enqueue(tx, message, now)
}
