import { newId } from '../../base/ids.ts'
import { fold } from '../../base/text.ts'
import type { Tx } from '../../infra/db.ts'

export type ProgrammeRole = 'lead' | 'sponsor' | 'programme_office' | 'viewer'

/** One person takes the place of another in a programme. Both are ids. */
export interface PersonHandover {
  readonly from: string
  readonly to: string
}

/**
 * The people of a programme by name or post, as plans write them. A name met for the first time becomes a person
 * with no account yet: their messages go to the programme office until the people file links one.
 */
export class MemberResolver {
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

  static async load(tx: Tx, programmeId: string, now: Date): Promise<MemberResolver> {
    const members = await tx.membership.findMany({
      where: { programmeId },
      include: { person: true },
    })
    const ids = new Map<string, string>()
    for (const { person } of members) {
      if (person.post) ids.set(fold(person.post), person.id)
      ids.set(fold(person.name), person.id)
    }
    return new MemberResolver(tx, programmeId, now, ids)
  }

  /** The person's id, with at least this role in the programme from now on. */
  async resolveMember(
    name: string,
    role: ProgrammeRole,
    details: { post?: string; zone?: string } = {},
  ): Promise<string> {
    const id = this.#ids.get(fold(name)) ?? (await this.#createPerson(name))
    const { post, zone } = details
    if (post || zone) {
      await this.#tx.person.update({
        where: { id },
        data: { ...(post ? { post } : {}), ...(zone ? { zone } : {}) },
      })
    }
    await this.#tx.membership.createMany({
      data: { programmeId: this.#programmeId, personId: id, role },
      skipDuplicates: true,
    })
    return id
  }

  /**
   * From now on the name means this person, who has an account from another programme. A placeholder of that name, which
   * has no account, hands over its roles and leave; the caller hands over what it owns in the plan.
   */
  async linkPerson(name: string, personId: string): Promise<PersonHandover | null> {
    const placeholder = this.#ids.get(fold(name))
    if (placeholder === personId) return null
    this.#ids.set(fold(name), personId)
    if (!placeholder || !(await this.#isPlaceholder(placeholder))) return null
    return this.#transferRoles(placeholder, personId)
  }

  /**
   * Records that the person of that name holds this post. Where the plan named the post as an owner ("Head of Inclusion")
   * and nobody held it yet, they take over its roles and leave; the caller hands over what it owns in the plan.
   */
  async assignPost(name: string, post: string): Promise<PersonHandover | null> {
    const placeholder = this.#ids.get(fold(post))
    const personId = this.#ids.get(fold(name))
    if (!placeholder || placeholder === personId || !(await this.#isPlaceholder(placeholder)))
      return null
    const { name: called } = await this.#tx.person.findUniqueOrThrow({ where: { id: placeholder } })
    // The post belongs to somebody with a name of their own: nothing is taken from them.
    if (fold(called) !== fold(post)) return null
    this.#ids.set(fold(name), personId ?? placeholder)
    this.#ids.set(fold(post), personId ?? placeholder)
    if (personId) return this.#transferRoles(placeholder, personId)
    await this.#tx.person.update({ where: { id: placeholder }, data: { name: name.trim() } })
    return null
  }

  /** The person has these roles in the programme and no others. */
  async keepRoles(personId: string, roles: readonly ProgrammeRole[]): Promise<void> {
    await this.#tx.membership.deleteMany({
      where: { programmeId: this.#programmeId, personId, role: { notIn: [...roles] } },
    })
  }

  async #isPlaceholder(personId: string): Promise<boolean> {
    return (await this.#tx.identity.count({ where: { personId } })) === 0
  }

  /** A role that both have is kept once. */
  async #transferRoles(placeholder: string, personId: string): Promise<PersonHandover> {
    const tx = this.#tx
    const programmeId = this.#programmeId
    const joined = { where: { personId: placeholder, programmeId } }
    const memberships = await tx.membership.findMany(joined)
    await tx.membership.deleteMany(joined)
    await tx.membership.createMany({
      data: memberships.map((row) => ({ ...row, personId })),
      skipDuplicates: true,
    })

    await tx.leave.updateMany({ where: { personId: placeholder }, data: { personId } })
    await tx.leave.updateMany({ where: { deputyId: placeholder }, data: { deputyId: personId } })
    return { from: placeholder, to: personId }
  }

  async #createPerson(name: string): Promise<string> {
    const id = newId()
    await this.#tx.person.create({ data: { id, name: name.trim(), createdAt: this.#now } })
    this.#ids.set(fold(name), id)
    return id
  }
}
