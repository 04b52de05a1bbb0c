import { addDays, type CivilDate, civilDate } from '../../../src/base/dates.ts'
import type { DigestSources } from '../../../src/domain/digests/audience/load-input.ts'
import type { Measure } from '../../../src/domain/measures/measure.ts'
import type { Ending, Life } from '../../../src/domain/plan/life.ts'
import type { Milestone, Plan, Project, StatusUpdate } from '../../../src/domain/plan/plan.ts'
import { countSetAside, type Reopening } from '../../../src/domain/plan/set-aside.ts'
import type { Entry } from '../../../src/domain/register/entry.ts'
import type { OverrideRow } from '../../../src/domain/rollup/overrides.ts'
import type { RoundChange } from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import {
  type DimensionRating,
  type DimensionStates,
  dimensionsSetting,
  type RatingsByProject,
} from '../../../src/domain/status/dimensions.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import { settingsWith } from '../../support/settings.ts'

/** A programme that lives from day to day, as the history that its plan is worked out from. */
export class RandomProgramme {
  readonly random: SeededRandom
  /** What happened, for whoever reads a finding. */
  readonly told: string[] = []
  today: CivilDate = civilDate('2017-01-02')
  settings: Record<string, unknown> = {}
  projects: Living[] = []
  register: Entry[] = []
  measures: Measure[] = []
  overrides: OverrideRow[] = []
  roundChanges: RoundChange[] = []
  /** Ratings by dimension, by the update that says them. */
  readonly dimensionsSaid = new Map<string, DimensionStates>()
  readonly reopenings = new Map<string, Reopening>()
  #minutes = 0
  #ids = 0

  constructor(random: SeededRandom) {
    this.random = random
  }

  tell(what: string): void {
    this.told.push(`${this.today} ${what}`)
  }

  nextDay(): void {
    this.today = addDays(this.today, 1)
    this.#minutes = 0
  }

  newId(kind: string): string {
    this.#ids += 1
    return `${kind} ${this.#ids}`
  }

  /** A minute after the one before, from seven in the morning on. */
  now(): Date {
    this.#minutes += 1
    return new Date(new Date(`${this.today}T07:00:00Z`).getTime() + this.#minutes * 60_000)
  }

  get live(): Living[] {
    return this.projects.filter(({ life }) => life === null)
  }

  /** What a digest of today is made of. */
  sources(): DigestSources {
    const plan = this.plan()
    const { zone } = plan.programme
    const aside = this.projects.flatMap(({ life, ...project }) =>
      life !== null && life.state !== 'removed' ? [{ ...project, life }] : [],
    )
    return {
      plan,
      register: this.register,
      overrides: this.overrides,
      measures: this.measures,
      dimensions: this.#dimensions(plan),
      projectRemarks: new Map(),
      setAside: {
        counts: countSetAside(aside.map(({ life }) => life)),
        ids: new Set(aside.map(({ id }) => id)),
        projects: aside,
        reopenings: new Map(this.reopenings),
      },
      rounds: {
        programme: plan.programme,
        schedule: defaultSchedule(zone),
        changes: this.roundChanges,
      },
    }
  }

  /** Of each dimension the last update that counts and names it. */
  #dimensions({ projects, programme }: Plan): RatingsByProject {
    const { kept } = dimensionsSetting.of(programme.settings)
    return new Map(
      projects.map(({ id, updates }) => [
        id,
        kept.flatMap((dimension): DimensionRating[] => {
          const said = updates.find(
            (one) =>
              !one.awaitsConfirmation && this.dimensionsSaid.get(one.id)?.[dimension] !== undefined,
          )
          const state = said && this.dimensionsSaid.get(said.id)?.[dimension]
          return state ? [{ dimension, state, onDay: said.onDay }] : []
        }),
      ]),
    )
  }

  plan(): Plan {
    const programme = {
      ...{ id: 'programme', key: 'P1', title: 'Better Together', zone: 'Europe/London' },
      digestNames: true,
      settings: settingsWith(this.settings),
    }
    const refs = ['1', '2', '3']
    return {
      programme,
      asAt: this.today,
      workstreams: refs.map((ref) => {
        return { id: `w${ref}`, ref, title: `Workstream ${ref}`, leads: [], sponsors: [] }
      }),
      projects: this.live.map((project) => ({
        ...project,
        updates: [...project.updates],
        milestones: project.milestones.map((milestone) => ({
          ...milestone,
          ratings: [...milestone.ratings],
          moves: [...milestone.moves],
        })),
      })),
      people: new Map(),
      programmeOffice: [],
      viewers: new Set(),
    }
  }

  addProject(isByImport = false): Living {
    const workstream = 1 + this.random.below(3)
    const number = this.projects.filter(({ ref }) => ref.startsWith(`${workstream}.`)).length + 1
    const ref = `${workstream}.${number}`
    const id = this.newId('project')
    const project: Living = {
      ...{ id, ref, title: `The ${this.random.pick(words)} of ${id}` },
      workstreamId: `w${workstream}`,
      tags: this.random.happens(0.3) ? ['Ofsted'] : [],
      leads: this.random.happens(0.3) ? ['asha', 'ben'] : ['asha'],
      ...{ life: null, attributes: {}, milestones: [], updates: [], isByImport },
    }
    this.projects.push(project)
    for (let count = this.random.below(4); count > 0; count -= 1) this.addMilestone(project)
    return project
  }

  addMilestone(project: Living): Growing {
    const due = this.random.happens(0.85) ? this.someDay(-20, 60) : null
    const number = Math.max(0, ...project.milestones.map((one) => one.number)) + 1
    const milestone: Growing = {
      ...{ id: this.newId('milestone'), number, about: `Finish the ${this.random.pick(words)}` },
      ...{ raw: due ?? 'TBC', heading: null, earliest: due, baselineDue: due, due },
      ...{ precision: due ? 'day' : 'none', ratings: [], doneOn: null, completion: null },
      ...{ flag: null, addedOn: this.today, moves: [] },
    }
    project.milestones.push(milestone)
    return milestone
  }

  /** Latest day first, and of one day the latest moment. */
  addUpdate(
    project: Living,
    said: Partial<StatusUpdate> & Pick<StatusUpdate, 'state'>,
  ): StatusUpdate {
    const update: StatusUpdate = {
      id: this.newId('update'),
      ...{ reason: null, greenBy: null, path: null, criteria: [], derived: null },
      ...{ divergenceReason: null, awaitsConfirmation: false, confirmedById: null },
      ...{ byId: 'asha', onBehalfOfId: null, source: 'slack', attestsId: null, audience: 'board' },
      ...{ onDay: this.today, at: this.now() },
      ...said,
    }
    project.updates.push(update)
    project.updates.sort((one, other) =>
      one.onDay === other.onDay
        ? other.at.getTime() - one.at.getTime()
        : one.onDay < other.onDay
          ? 1
          : -1,
    )
    return update
  }

  someDay(earliest: number, latest: number): CivilDate {
    return addDays(this.today, earliest + this.random.below(latest - earliest + 1))
  }

  /** From this day on it is on hold, in the pipeline, closed or, by mistake in the plan, removed. */
  setAside(project: Living, state: 'on hold' | 'pipeline' | 'closed' | 'removed'): void {
    const began = { onDay: this.today, reason: null }
    const ending: Ending = this.random.pick(['finished', 'stopped', 'merged'])
    const lives: Record<typeof state, Life> = {
      'on hold': { state: 'on hold', ...began, reviewOn: null },
      pipeline: { state: 'pipeline', ...began },
      closed: { state: 'closed', ...began, ending, into: ending === 'merged' ? '1.1' : null },
      removed: { state: 'removed', ...began },
    }
    project.life = lives[state]
  }

  /** It is live again, because somebody says so or because they take back what set it aside. */
  resume(project: Living): void {
    const { life: from, id } = project
    if (from === null) return
    const isUndo = this.random.happens(0.2)
    this.reopenings.set(id, { onDay: this.today, reason: null, from, isUndo })
    project.life = null
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** A project whose history grows. */
export interface Living extends Writable<Omit<Project, 'milestones' | 'updates'>> {
  readonly milestones: Growing[]
  readonly updates: StatusUpdate[]
  /** It came with a sheet. */
  readonly isByImport: boolean
}

export interface Growing extends Writable<Omit<Milestone, 'ratings' | 'moves'>> {
  readonly ratings: Milestone['ratings'][number][]
  readonly moves: Milestone['moves'][number][]
}

export const words = ['lamp', 'river', 'stone', 'cloud', 'field'] as const
