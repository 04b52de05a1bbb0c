import { addDays, type CivilDate, civilDate } from '../../../src/base/dates.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { loadMeasures } from '../../../src/domain/measures/store.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { loadPlan, programmeByKey } from '../../../src/domain/plan/store.ts'
import { schemeOf } from '../../../src/domain/scheme/schemes.ts'
import { exportPlan } from '../../../src/features/imports/export.ts'
import { importPlan } from '../../../src/features/imports/import-plan.ts'
import type { ImportResult } from '../../../src/features/imports/result.ts'
import { type Database, inTransaction } from '../../../src/infra/db.ts'
import { clockAt } from '../../support/clock.ts'
import { emptyTables } from '../../support/database.ts'
import { chatOn, type StoredPerson, storePeople, wordsOf } from '../../support/programme.ts'

/** A small programme that its office and a lead keep in chat and by sheets, a minute between any two things. */
export class KeptProgramme {
  readonly #db: Database
  readonly programmeId: string
  readonly office: StoredPerson
  readonly lead: StoredPerson
  /** The day that it is. */
  today: CivilDate = civilDate('2017-03-01')
  #minutes = 0

  private constructor(db: Database, programmeId: string, people: readonly StoredPerson[]) {
    const [office, lead] = people
    if (!office || !lead) throw new Error('Nobody is there')
    this.#db = db
    this.programmeId = programmeId
    this.office = office
    this.lead = lead
  }

  static async begin(db: Database, sheet: string): Promise<KeptProgramme> {
    await emptyTables(db)
    const people = await storePeople(db, 'Priya Marlowe', 'Asha Verity')
    const begin = new KeptProgramme(db, '', people)
    await begin.import(Buffer.from(sheet), 'first.csv')
    const { id } = await db.programme.findFirstOrThrow()
    const memberships = people.map((person, at) => {
      const role = at === 0 ? ('programme_office' as const) : ('lead' as const)
      return { programmeId: id, personId: person.id, role }
    })
    await db.membership.createMany({ data: memberships, skipDuplicates: true })
    const programme = new KeptProgramme(db, id, people)
    programme.#minutes = begin.#minutes
    return programme
  }

  nextDay(days: number): void {
    this.today = addDays(this.today, days)
    this.#minutes = 0
  }

  #now(): Date {
    this.#minutes += 1
    return new Date(new Date(`${this.today}T09:00:00Z`).getTime() + this.#minutes * 60_000)
  }

  #chat() {
    return chatOn(this.#db, this.today, { clock: clockAt(this.#now()) })
  }

  say(who: StoredPerson, line: string): Promise<Reply> {
    return this.#chat().ask(who, line)
  }

  /** Presses the Undo button of an answer; undefined where it has none. */
  async pressUndo(who: StoredPerson, answer: Reply): Promise<Reply | undefined> {
    const { buttons = [] } = answer.card.data as {
      buttons?: { verb: string; data: Record<string, unknown> }[]
    }
    const button = buttons.find(({ verb }) => verb === 'undo')
    return button && this.#chat().press(who, 'undo', button.data)
  }

  import(bytes: Uint8Array, fileName: string, dryRun = false): Promise<ImportResult> {
    const now = this.#now()
    const request = { bytes, fileName, programme: { key: 'KEPT' }, asOf: this.today }
    const byId = this.office.id
    return inTransaction(
      this.#db,
      (tx) => importPlan(tx, { ...request, dryRun, accept: true, byId }, now),
      { timeoutMs: 60_000 },
    )
  }

  async export(): Promise<Uint8Array> {
    const programme = await programmeByKey(this.#db, 'KEPT')
    return exportPlan(this.#db, programme, this.today, 'plan.csv')
  }

  /** Whether nothing is in the plan today: all of it was taken out or back. */
  async isEmpty(): Promise<boolean> {
    const { workstreams, projects } = await loadPlan(this.#db, this.programmeId, this.today)
    const measures = await loadMeasures(this.#db, this.programmeId, this.today)
    return workstreams.length + projects.length + measures.length === 0
  }

  /** The plan as at a day, as text to be compared: with its rows' ids, or without. */
  async planOn(day: CivilDate, ids: 'with ids' | 'without ids' = 'with ids'): Promise<string> {
    const plan = await loadPlan(this.#db, this.programmeId, day)
    const measures = await loadMeasures(this.#db, this.programmeId, day)
    const text = JSON.stringify({ ...shownOf(plan), measures }, null, 1)
    return ids === 'with ids' ? text : text.replaceAll(rowId, '"…"')
  }

  /** How many rows each part of the history has. */
  async historySizes(): Promise<Readonly<Record<string, number>>> {
    const db = this.#db
    return {
      updates: await db.statusUpdate.count(),
      moves: await db.milestoneMove.count(),
      ratings: await db.milestoneRating.count(),
      flags: await db.milestoneFlag.count(),
      attributes: await db.projectAttribute.count(),
      revisions: await db.planRevision.count(),
      imports: await db.planImport.count(),
      workstreams: await db.workstream.count(),
      projects: await db.project.count(),
      milestones: await db.milestone.count(),
      measures: await db.measure.count(),
      readings: await db.reading.count(),
    }
  }
}

/** Rows have ids, and moments at which they were written; a plan that is said again has others. */
const rowId = /"(?:[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[^"]*)"/g

function shownOf({ programme, workstreams, projects }: Plan) {
  return { scheme: schemeOf(programme.settings).key, workstreams, projects }
}

/** Whether an answer says that something was done. */
export const isDone = (answer: Reply): boolean => /^Saved/.test(wordsOf(answer))
