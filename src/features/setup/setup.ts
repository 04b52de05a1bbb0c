import { z } from 'zod'
import { type CommandContext, defineCommand, defineQuery } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { formVerbOf } from '../../chat/resolve-command.ts'
import { organisationOf } from '../../domain/organisations/organisations.ts'
import { addPersonWithAccount, personIdOfAccount } from '../../domain/people/identity-store.ts'
import { grantRole } from '../../domain/people/members.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import { createProgramme } from '../../domain/programme/programme-store.ts'
import { ownProvenance } from '../../domain/revisions/provenance.ts'
import { requireAdmin } from './admins.ts'
import { closeInvitations, setupName } from './invitation-card.ts'
import { nextStepsLines } from './next-steps.ts'
import { readSetup, setupArgs } from './read-setup.ts'
import { setupForm } from './setup-form.ts'

export const setup = defineCommand({
  name: setupName,
  usages: ['setup <key> [<title>]'],
  slots: { key: slot.word, title: slot.text },
  examples: ['setup W17 Better Together'],
  authority: ['set up programme'],
  summary: 'Set up a programme: its key, which people type, and its title. For administrators.',
  args: setupArgs,
  form: async (context, filled) => {
    await requireAdmin(context)
    return setupForm(context.installation, filled)
  },
  run: async (context, args) => {
    await requireAdmin(context)
    const { tx, now, installation } = context
    const sample = installation.samples.find(({ key }) => key === args.begin)
    const { key, title, digest, settings } = await readSetup(context, args, sample)
    const office = await officeOf(context)
    const organisationId = await organisationOf(tx, context.actor.identity)
    const named = { key, title, organisationId }
    const programme = sample
      ? await sample.create(tx, named, now)
      : await createProgramme(tx, { ...named, settings }, now)
    const said = { ...ownProvenance(context), byId: office }
    await grantRole(tx, programme.id, [office], 'programme_office', said)
    const isOnly = (await programmesOf(tx, office)).length === 1
    const steps = nextStepsLines({ key, isOnly, digest, isEmpty: !sample }, context)
    await closeInvitations(tx, `${key} ${title} is set up.`, now)
    const done = `${key} ${title} is set up, and you are its programme office.`
    return { card: noticeCard({ heading: 'Saved', lines: [done, ...steps], buttons: [] }) }
  },
})

/** The way to the form for whoever types no more. */
export const setupStart = defineQuery({
  name: 'setup-start',
  usages: ['setup'],
  examples: ['setup'],
  authority: ['set up programme'],
  summary: 'The form that sets up a programme. For administrators.',
  args: z.object({}),
  run: async (context) => {
    await requireAdmin(context)
    const lines = [
      'A programme has a key, which people type (W17), and a title. Whoever sets it up is its programme office, and can add others.',
      `In a line: ${context.prefix} setup W17 Better Together`,
    ]
    const buttons = [{ title: 'Set up a programme', verb: formVerbOf(setup), data: {} }]
    return { card: noticeCard({ heading: 'Set up a programme', lines, buttons }) }
  },
})

/** The id of whoever sets it up; an account that is linked to nobody becomes a person. */
async function officeOf({ tx, actor, now, profile }: CommandContext): Promise<string> {
  const { identity } = actor
  const known = actor.personId ?? (await personIdOfAccount(tx, identity))
  if (known) return known
  const found = await profile(identity)
  const person = { name: found?.displayName ?? actor.name, zone: found?.zone }
  return addPersonWithAccount(tx, person, identity, now)
}
