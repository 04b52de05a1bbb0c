import { actionsOnArchived } from '../../authority/actions.ts'
import { type AdminAccount, isAdminHere } from '../../authority/admins.ts'
import { archivedRefusal } from '../../authority/refusals.ts'
import type { Actor } from '../../base/actor.ts'
import { Refusal } from '../../base/errors.ts'
import { fold } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'
import { organisationOf } from '../organisations/organisations.ts'
import type { Programme } from '../programme/programme.ts'
import { findProgrammeTo, noSuchProgramme, requirePersonId } from './lookup.ts'
import { programmesOf, programmesOfOrganisation } from './store.ts'

/** What administrators of the installation do about any programme, besides its office. */
type ManagingAction = 'archive programme' | 'give roles'

interface ManagingContext {
  readonly tx: ReadTx
  readonly actor: Actor
  readonly installation: { readonly admins: readonly AdminAccount[] }
}

/** Those that the person may know of: an administrator of all of their organisation, anybody else of their own. */
export async function knownProgrammes({
  tx,
  actor,
  installation: { admins },
}: ManagingContext): Promise<Programme[]> {
  return isAdminHere(admins, actor)
    ? programmesOfOrganisation(tx, await organisationOf(tx, actor.identity))
    : programmesOf(tx, requirePersonId(actor))
}

/**
 * The named programme, to manage it; the only one that is known where none is named.
 * @throws Refusal for one that the person does not know of, or may not manage
 */
export async function findManagedProgramme(
  context: ManagingContext,
  action: ManagingAction,
  key: string | undefined,
): Promise<Programme> {
  if (!isAdminHere(context.installation.admins, context.actor))
    return findProgrammeTo(context, action, key)
  const known = await knownProgrammes(context)
  const named = key ? known.filter((one) => fold(one.key) === fold(key)) : known
  const [only, second] = named
  if (only && second)
    throw new Refusal(
      `Say which programme, with “for ${only.key}” at the end. Nothing was changed.`,
    )
  if (!only) throw noSuchProgramme(known, key ?? '')
  if (only.isArchived && !actionsOnArchived.includes(action)) throw archivedRefusal()
  return only
}
