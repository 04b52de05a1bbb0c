import { newId } from '../../base/ids.ts'
import { fold } from '../../base/text.ts'
import type { Tx } from '../../infra/db.ts'

export type Standing = 'lead' | 'sponsor' | 'programme_office' | 'viewer'

/**
 * The people of a programme by name or post, as plans write them. A name met for the first time becomes a person
 * with no account yet: their messages go to the programme office until the people file links one.
 */
export class Roster {
  readonly #tx: Tx
  readonly #programmeId: string
  readonly #now: Date
  readonly #ids: Map<string, string>

  private constructor(tx: Tx, programmeId: string, now: Date, ids: Map<string, string>) {
    this.#tx = tx
    this.#programmeId = programmeId
    this.#now = now
    this.#ids = ids
  }

  static async of(tx: Tx, programmeId: string, now: Date): Promise<Roster> {
    const members = await tx.membership.findMany({
      where: { programmeId },
      include: { person: true },
    })
    const ids = new Map<string, string>()
    for (const { person } of members) {
      if (person.post) ids.set(fold(person.post), person.id)
      ids.set(fold(person.name), person.id)
    }
    return new Roster(tx, programmeId, now, ids)
  }

  /** The person's id, with at least this standing in the programme from now on. */
  async person(
    name: string,
    standing: Standing,
    details: { post?: string; zone?: string } = {},
  ): Promise<string> {
    const id = this.#ids.get(fold(name)) ?? (await this.#welcome(name))
    const { post, zone } = details
    if (post || zone) {
      await this.#tx.person.update({
        where: { id },
        data: { ...(post ? { post } : {}), ...(zone ? { zone } : {}) },
      })
    }
    await this.#tx.membership.createMany({
      data: { programmeId: this.#programmeId, personId: id, role: standing },
      skipDuplicates: true,
    })
    return id
  }

  /**
   * From now on the one who is called that here is this person, known from another programme by an account. Who stood
   * in for them here without an account hands over what they led.
   */
  async recognise(name: string, personId: string): Promise<void> {
    const standIn = this.#ids.get(fold(name))
    if (standIn === personId) return
    this.#ids.set(fold(name), personId)
    if (!standIn || (await this.#tx.identity.count({ where: { personId: standIn } })) > 0) return
    const programmeId = this.#programmeId
    const led = { personId: standIn, project: { programmeId } }
    await this.#tx.projectLead.updateMany({ where: led, data: { personId } })
    const owned = { personId: standIn, workstream: { programmeId } }
    await this.#tx.workstreamOwner.updateMany({ where: owned, data: { personId } })
    await this.#tx.membership.updateMany({
      where: { personId: standIn, programmeId },
      data: { personId },
    })
  }

  async #welcome(name: string): Promise<string> {
    const id = newId()
    await this.#tx.person.create({ data: { id, name: name.trim(), createdAt: this.#now } })
    this.#ids.set(fold(name), id)
    return id
  }
}
