import { newId } from '../../base/ids.ts'
import { fold } from '../../base/text.ts'
import type { Tx } from '../../infra/db.ts'

export type ProgrammeRole = 'lead' | 'sponsor' | 'programme_office' | 'viewer'

/** What a people file tells of a person; what is empty or absent stays as it was. `zone`: IANA zone. */
export interface PersonDetails {
  readonly post?: string
  readonly zone?: string
}

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
  /** Ids of those whose roles are those of the people file alone. */
  readonly #withFixedRoles: Set<string>

  private constructor(
    tx: Tx,
    programmeId: string,
    now: Date,
    ids: Map<string, string>,
    withFixedRoles: Set<string>,
  ) {
    this.#tx = tx
    this.#programmeId = programmeId
    this.#now = now
    this.#ids = ids
    this.#withFixedRoles = withFixedRoles
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
    const fixed = members.flatMap(({ personId, isFixed }) => (isFixed ? personId : []))
    return new MemberResolver(tx, programmeId, now, ids, new Set(fixed))
  }

  /**
   * The person's id, with at least this role in the programme from now on; somebody whose roles are fixed keeps those
   * alone (see fixRoles).
   */
  async resolveMember(name: string, role: ProgrammeRole, details?: PersonDetails): Promise<string> {
    const id = await this.#resolvePerson(name, details)
    if (!this.#withFixedRoles.has(id)) await this.#addRoles(id, [role], false)
    return id
  }

  /** The id of somebody who may answer for a thing of their own; one who only reads, or is new, is a lead from now on. */
  async resolveAnswerable(name: string): Promise<string> {
    const id = await this.#resolvePerson(name)
    const where = { programmeId: this.#programmeId, personId: id, role: { not: 'viewer' as const } }
    const mayAnswer = (await this.#tx.membership.count({ where })) > 0
    return mayAnswer ? id : this.resolveMember(name, 'lead')
  }

  /** The person's id; from now on they have these roles in the programme and no others, whatever a plan names them. */
  async fixRoles(
    name: string,
    roles: readonly ProgrammeRole[],
    details?: PersonDetails,
  ): Promise<string> {
    const id = await this.#resolvePerson(name, details)
    await this.#tx.membership.deleteMany({
      where: { programmeId: this.#programmeId, personId: id },
    })
    await this.#addRoles(id, roles, true)
    this.#withFixedRoles.add(id)
    return id
  }

  /** The person keeps their roles, and a plan that names them may add others again. */
  async releaseRoles(name: string): Promise<void> {
    const personId = this.#ids.get(fold(name))
    if (!personId || !this.#withFixedRoles.delete(personId)) return
    await this.#tx.membership.updateMany({
      where: { programmeId: this.#programmeId, personId },
      data: { isFixed: false },
    })
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

  async #resolvePerson(name: string, { post, zone }: PersonDetails = {}): Promise<string> {
    const id = this.#ids.get(fold(name)) ?? (await this.#createPerson(name))
    if (post || zone) {
      await this.#tx.person.update({
        where: { id },
        data: { ...(post ? { post } : {}), ...(zone ? { zone } : {}) },
      })
    }
    return id
  }

  async #addRoles(
    personId: string,
    roles: readonly ProgrammeRole[],
    isFixed: boolean,
  ): Promise<void> {
    await this.#tx.membership.createMany({
      data: roles.map((role) => ({ programmeId: this.#programmeId, personId, role, isFixed })),
      skipDuplicates: true,
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

/** The person has no role in the programme any more. */
export async function removeMember(tx: Tx, personId: string, programmeId: string): Promise<void> {
  await tx.membership.deleteMany({ where: { personId, programmeId } })
}
