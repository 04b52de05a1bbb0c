import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { formatLife, type SetAside } from '../../plan/life.ts'
import type { Project } from '../../plan/plan.ts'
import { closingAsAt, entryAsAt } from '../../register/as-at.ts'
import type { Entry, Issue, Risk } from '../../register/entry.ts'
import { formatReopening, kindNouns } from '../../register/format.ts'
import {
  awaitedProject,
  heldUpDependencies,
  isOpen,
  isOverdue,
  registerAsAt,
} from '../../register/rules.ts'
import { isAskedOfOthers } from '../../schedule/boards.ts'
import { formatState, schemeOf, stateByKey } from '../../scheme/schemes.ts'
import { digestSetting } from '../settings.ts'
import type { DigestContent, Omission } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import { omissionOf } from './omissions.ts'
import type { RegisterItem } from './register-entries.ts'

type RegisterChanges = Pick<
  DigestContent,
  'decisions' | 'decided' | 'risks' | 'issues' | 'actions' | 'dependencies' | 'headlines'
>

/**
 * What a digest lists of the register: every decision that is needed and what was decided since the last digest, risks
 * and issues in the worst state, new or rated anew, actions that are overdue or new, what is held up by another project
 * or waits for one that slipped, and the headlines since the last digest. What is open stays until it is closed: listed
 * here, or counted.
 */
export function composeRegisterChanges(input: DigestInput): RegisterChanges {
  const { plan } = input
  const { asAt } = plan
  const scheme = schemeOf(plan.programme.settings)
  const worst = scheme.states[0]?.key
  const open = openRegister(input)
  const item = registerItemMapper(input)
  return {
    decisions: open.decisions.map((entry) => {
      const { askedOf, neededBy } = entry
      const reopened = formatReopening(entry, asAt) ?? null
      const isOfOthers = isAskedOfOthers(askedOf, input.boards ?? [])
      return { ...item(entry), askedOf, neededBy, reopened, isOfOthers }
    }),
    decided: decidedSince(input).map(({ entry, outcome, onDay }) => {
      return { ...item(entry), outcome, onDay }
    }),
    risks: open.risks
      .map((entry) => {
        const { state, mitigation } = entry
        return { ...item(entry), state, mitigation, rerated: reratedText(input, entry) }
      })
      .filter(({ state, isNew, rerated }) => isNew || rerated !== null || state === worst),
    issues: open.issues
      .map((entry) => {
        return { ...item(entry), state: entry.state, rerated: reratedText(input, entry) }
      })
      .filter(({ state, isNew, rerated }) => isNew || rerated !== null || state === worst),
    actions: open.actions
      .map((entry) => ({
        ...item(entry),
        neededBy: entry.neededBy,
        owner: ownerName(input, entry),
      }))
      .filter((action) => action.isNew || isOverdue(action, asAt)),
    dependencies: awaitedProjects(input),
    headlines: open.headlines.map(item).filter(({ isNew }) => isNew),
  }
}

/** What is open and not listed. */
export function registerOmissions(
  input: DigestInput,
  { risks, issues, actions, dependencies }: RegisterChanges,
): Omission[] {
  const open = openRegister(input)
  const others = (kind: 'risk' | 'issue' | 'action', count: number) => {
    const [one, many] = kindNouns[kind]
    return omissionOf(count, [`other open ${one}`, `other open ${many}`], many)
  }
  const [dependency, manyDependencies] = kindNouns.dependency
  return [
    ...others('risk', open.risks.length - risks.length),
    ...others('issue', open.issues.length - issues.length),
    ...others('action', open.actions.length - actions.length),
    ...omissionOf(
      open.dependencies.length - dependencies.length,
      [`${dependency} not known to be held up`, `${manyDependencies} not known to be held up`],
      'dependencies',
    ),
  ]
}

/** The entries that the next digest compares with. */
export function registerSnapshot({ register, plan }: DigestInput): string[] {
  return register.filter(({ onDay }) => onDay <= plan.asAt).map(({ id }) => id)
}

/** The ratings that the next digest compares with. */
export function entryStatesSnapshot(input: DigestInput): Record<string, string> {
  const { risks, issues } = openRegister(input)
  return Object.fromEntries([...risks, ...issues].map(({ id, state }) => [id, state]))
}

const openRegister = ({ register, plan }: DigestInput) =>
  registerAsAt(register, plan.asAt, schemeOf(plan.programme.settings))

/** The day from which what happened was not in the last digest, or may not have been: that one went out on it. */
const newsFrom = ({ previous, since }: DigestInput): CivilDate => previous?.asAt ?? since

/**
 * Decisions that were taken, oldest first, each told once: one that the last digest still asked for, and one taken since.
 * Where it was opened again and decided otherwise, the other outcome is told as well.
 */
function decidedSince(input: DigestInput) {
  const { register, plan, previous } = input
  const wasAsked = new Set(previous?.decisions.map(({ entryId }) => entryId))
  const isTold = (id: string, outcome: string) =>
    previous?.decided.some((one) => one.entryId === id && one.outcome === outcome) ?? false
  const isOfFirstSheet = firstSheetEntries(input)
  return register
    .flatMap((entry) => {
      if (isOfFirstSheet(entry) && !wasAsked.has(entry.id)) return []
      const closing = entry.kind === 'decision' ? closingAsAt(entry, plan.asAt) : null
      if (!closing?.outcome || isTold(entry.id, closing.outcome)) return []
      const isNews = wasAsked.has(entry.id) || closing.onDay >= newsFrom(input)
      return isNews ? [{ entry, outcome: closing.outcome, onDay: closing.onDay }] : []
    })
    .toSorted((one, other) => one.onDay.localeCompare(other.onDay))
}

/** "was Amber until Fri 3 Mar 2017"; null where it is rated as it was in the last digest, or is new. */
function reratedText(
  { register, plan, previous }: DigestInput,
  { id: entryId, kind, state }: Risk | Issue,
): string | null {
  const recorded = register.find(
    (entry): entry is Risk | Issue => entry.id === entryId && entry.kind === kind,
  )
  if (!previous || !recorded || !isOpen(recorded, previous.asAt)) return null
  // On its own day it may have been rated anew after the digest went out.
  const was = previous.snapshot.entryStates[entryId] ?? entryAsAt(recorded, previous.asAt).state
  if (was === state) return null
  const until = recorded.reviews
    .flatMap(({ onDay, withdrawnOn }) => [onDay, ...(withdrawnOn ? [withdrawnOn] : [])])
    .filter((day) => day >= previous.asAt && day <= plan.asAt)
    .toSorted()
    .find((day) => entryAsAt(recorded, day).state !== was)
  const text = formatState(stateByKey(schemeOf(plan.programme.settings), was))
  return until ? `was ${text} until ${fullDate(until)}` : `was ${text}`
}

function ownerName(
  { plan, audience }: DigestInput,
  { ownerId }: { readonly ownerId: string | null },
): string | null {
  const mayName = audience !== 'public' && digestSetting.of(plan.programme.settings).owners
  return (mayName && ownerId && plan.people.get(ownerId)?.name) || null
}

/** Dependencies on a project in trouble, on one that rests, and on one whose milestones moved later since the last digest. */
function awaitedProjects(input: DigestInput): DigestContent['dependencies'] {
  const { plan } = input
  const open = openRegister(input)
  const item = registerItemMapper(input)
  const scheme = schemeOf(plan.programme.settings)
  const heldUp = heldUpDependencies(open.dependencies, plan, scheme, {
    slippedFrom: newsFrom(input),
  })
  const resting = open.dependencies.flatMap((dependency) => {
    const waitsFor = awaitedProject(dependency, { projects: input.setAside?.projects ?? [] })
    return waitsFor && !isFinished(waitsFor.life) ? [{ dependency, waitsFor }] : []
  })
  return [
    ...heldUp.map(({ dependency, waitsFor, state, missed, slipped }) => ({
      ...item(dependency),
      waitsFor: projectRefOf(waitsFor),
      ...{ state: state.key, missed, slipped: [...slipped], resting: null },
    })),
    ...resting.map(({ dependency, waitsFor }) => ({
      ...item(dependency),
      waitsFor: projectRefOf(waitsFor),
      ...{ state: scheme.blank.key, missed: 0, slipped: [], resting: formatLife(waitsFor.life) },
    })),
  ]
}

const isFinished = (life: SetAside) => life.state === 'closed' && life.ending === 'finished'

const projectRefOf = ({ id, ref, title }: Pick<Project, 'id' | 'ref' | 'title'>) => ({
  ...{ id, ref, title },
})

/**
 * Whether an entry came with the first sheet of its kind: a register that an office kept elsewhere is no news, and its
 * forty risks are not forty new ones (as what was done when it entered the plan, milestone-changes.ts).
 */
function firstSheetEntries({ register, previous }: DigestInput): (entry: Entry) => boolean {
  const known = new Set(previous?.snapshot.register)
  const isImported = ({ source }: Entry) => source === 'import'
  const sheetsKnown = new Set(
    register.flatMap((one) => (isImported(one) && known.has(one.id) ? one.kind : [])),
  )
  return (entry) => isImported(entry) && !known.has(entry.id) && !sheetsKnown.has(entry.kind)
}

/** An entry is new where the last digest did not have it; where that kept no register, or there is none, by its day. */
function registerItemMapper(input: DigestInput): (entry: Entry) => RegisterItem {
  const { previous, since } = input
  const isOfFirstSheet = firstSheetEntries(input)
  const known = previous?.snapshot.register
  const isNew = known
    ? ({ id }: Entry) => !known.includes(id)
    : ({ onDay }: { readonly onDay: CivilDate }) => onDay >= (previous?.asAt ?? since)
  return (entry) => {
    const { id, number, text, project } = entry
    return { entryId: id, number, text, project, isNew: isNew(entry) && !isOfFirstSheet(entry) }
  }
}
