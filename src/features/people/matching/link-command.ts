import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import { plural } from '../../../base/text.ts'
import { type ChosenAccount, readChosenAccount } from '../../../chat/chosen-account.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../../chat/commands.ts'
import { parseWith } from '../../../chat/fields.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { setZone } from '../../../domain/people/identity-store.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { peoplePickerForm } from '../cards.ts'
import { findPersonHere } from '../person-here.ts'
import { linkOwner } from './link-owner.ts'
import { matchCard } from './match-card.ts'
import { certainPairs, loadMatches, markOf, type OwnerMatches } from './matches.ts'
import { linkAllName, linkName } from './names.ts'

interface Owner {
  readonly id: string
  readonly name: string
}

const linkArgs = z.object({
  person: z.string(),
  account: optionalText,
  programme: optionalText,
  /** The office knows that it is a guest. */
  guest: optionalText,
})

/** Says whose account it is: from the list of names, the form with the platform's picker, or typed with a mention. */
export const peopleLink = defineCommand({
  name: linkName,
  usages: ['people link <person> to <account> [for <programme>]'],
  slots: { person: slot.text, account: slot.text, programme: slot.word },
  examples: ['people link Asha Verity to @asha'],
  authority: ['run programme'],
  summary: 'Say whose account it is that the plan names. For the programme office.',
  args: linkArgs,
  form: async (context, { values, problems }) => {
    const { person, programme: key } = parseWith(linkArgs.partial(), values)
    const programme = await findProgrammeTo(context, 'run programme', key)
    const owner = await findPersonHere(context.tx, programme.id, person ?? '')
    return pickerForm(await loadMatches(context, programme.id), programme, owner, problems)
  },
  run: async (context, args) => {
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const owner = await findPersonHere(context.tx, programme.id, args.person)
    if (!args.account) throw new Refusal('Choose whose account it is.', { account: 'Choose one.' })
    const chosen = await readChosenAccount(context, args.account)
    if (chosen.profile.standing === 'guest' && !args.guest)
      return guestQuestion(chosen, programme, owner)
    await lockProgramme(context.tx, programme.id)
    const { account, profile } = chosen
    await linkOwner(context.tx, linkOf(context, programme, owner, account))
    if (profile.zone) await setZone(context.tx, account, profile.zone)
    const done = `${owner.name} is ${profile.displayName} here from now on.`
    return shownAgain(context, programme, [done])
  },
})

const linkOf = (
  { now }: CommandContext,
  { id: programmeId }: Programme,
  { id, name }: Owner,
  account: ChosenAccount['account'],
) => ({ programmeId, owner: { id, name }, account, now })

/** Links all pairs that the card showed, and no others. */
export const peopleLinkAll = defineCommand({
  name: linkAllName,
  usages: ['people link all [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['people link all'],
  authority: ['run programme'],
  summary:
    'Link the owners whose names are certain, once you have seen them. For the programme office.',
  args: z.object({ programme: optionalText, shown: optionalText }),
  run: async (context, args) => {
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    await lockProgramme(context.tx, programme.id)
    const matches = await loadMatches(context, programme.id)
    const pairs = certainPairs(matches)
    if (args.shown !== markOf(pairs) || pairs.length === 0)
      return unseen(context, programme, matches, args.shown !== undefined)
    const { platform, tenant } = context.place
    for (const { owner, member } of pairs) {
      const account = { platform, tenant, user: member.user }
      await linkOwner(context.tx, linkOf(context, programme, owner, account))
    }
    const taken = `${plural(pairs.length, 'person is', 'people are')} linked, and can be asked from now on.`
    return shownAgain(context, programme, [
      taken,
      `A wrong one: ${context.prefix} people unlink and the name.`,
    ])
  },
})

/** Whoever types it, or whose list is not the present one any more, sees the names before the press. */
function unseen(
  { prefix }: CommandContext,
  programme: Programme,
  matches: OwnerMatches,
  hasSeen: boolean,
): CommandResult {
  const done = hasSeen
    ? ['The names have changed meanwhile, so nobody was linked. Look again:']
    : []
  return { card: matchCard(matches, { programme, prefix, done }) }
}

/** The list once more, with what was done on top: the next press is there. */
async function shownAgain(
  context: CommandContext,
  programme: Programme,
  done: readonly string[],
): Promise<CommandResult> {
  const matches = await loadMatches(context, programme.id)
  return { card: matchCard(matches, { programme, prefix: context.prefix, done }) }
}

function guestQuestion(
  { account, profile }: ChosenAccount,
  { key: programme }: Programme,
  owner: Owner,
): CommandResult {
  const lines = [
    `${profile.displayName} is a guest of your workspace. As ${owner.name} they would see the whole plan, and get messages about it.`,
    'Nothing was saved yet.',
  ]
  const data = { programme, person: owner.id, account: account.user, guest: 'yes' }
  const buttons = [{ title: 'Link the guest', verb: linkName, data }]
  return { card: noticeCard({ heading: 'A guest', lines, buttons }) }
}

/** Teams shows these in its list; it looks others up as somebody types. */
const maxChoices = 50

function pickerForm(
  { owners, candidates }: OwnerMatches,
  { key: programme }: Programme,
  owner: Owner,
  problems: Readonly<Record<string, string>>,
) {
  const title = owners.find(({ id }) => id === owner.id)?.title ?? owner.name
  return peoplePickerForm({
    heading: 'Who is it?',
    lines: [`In the plan: ${title}`],
    label: 'Their account',
    choices: candidates
      .slice(0, maxChoices)
      .map(({ name, user }) => ({ title: name, value: user })),
    reason: { label: '', value: '' },
    submit: { title: 'Link', verb: linkName, data: { programme, person: owner.id } },
    problem: problems.account ?? '',
  })
}
