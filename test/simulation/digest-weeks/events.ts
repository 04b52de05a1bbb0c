import { addDays } from '../../../src/base/dates.ts'
import { allStates, schemeOf } from '../../../src/domain/scheme/schemes.ts'
import {
  type DimensionStates,
  dimensionScheme,
  dimensionsSetting,
} from '../../../src/domain/status/dimensions.ts'
import { settingsWith } from '../../support/settings.ts'
import { type Growing, type Living, type RandomProgramme, words } from './random-programme.ts'

/** What may happen in a programme on any day. An event without anything to happen to is none. */

type Event = (programme: RandomProgramme) => void

const schemeNow = ({ settings }: RandomProgramme) => schemeOf(settingsWith(settings))

function onProject(act: (programme: RandomProgramme, project: Living) => void): Event {
  return (programme) => {
    const { live, random } = programme
    const project = live[random.below(Math.max(live.length, 1))]
    if (project) act(programme, project)
  }
}

function onMilestone(
  act: (programme: RandomProgramme, milestone: Growing, project: Living) => void,
): Event {
  return onProject((programme, project) => {
    const { milestones } = project
    const milestone = milestones[programme.random.below(Math.max(milestones.length, 1))]
    if (milestone) act(programme, milestone, project)
  })
}

const someState = (programme: RandomProgramme): string => {
  const { states } = schemeNow(programme)
  const state = states[programme.random.below(states.length)]
  return state?.key ?? 'blank'
}

/** One or two of those that the programme keeps. */
function someDimensions({ random, settings }: RandomProgramme): DimensionStates {
  const own = settingsWith(settings)
  const rated = dimensionsSetting.of(own).kept.filter(() => random.happens(0.5))
  return Object.fromEntries(
    rated.map((key) => {
      const states = allStates(dimensionScheme(key, own))
      return [key, states[random.below(states.length)]?.key ?? 'blank']
    }),
  )
}

const rate: Event = onProject((programme, project) => {
  const { random, today } = programme
  const state = random.happens(0.85)
    ? someState(programme)
    : random.pick(['not-applicable', 'no-update-required', 'not-yet-available', 'blank'])
  const awaitsConfirmation = random.happens(0.1)
  programme.tell(`${project.ref} ${state}${awaitsConfirmation ? ', to be confirmed' : ''}`)
  const reason = random.happens(0.5) ? `The ${random.pick(words)} is late` : null
  const greenBy = random.happens(0.4) ? addDays(today, random.below(60) - 10) : null
  const audience = random.pick(['board', 'internal', 'public'])
  const said = { state, reason, greenBy, awaitsConfirmation, audience }
  const { id } = programme.addUpdate(project, said)
  if (random.happens(0.6)) programme.dimensionsSaid.set(id, someDimensions(programme))
})

const sayNoChange: Event = onProject((programme, project) => {
  const [last] = project.updates
  if (!last) return
  programme.tell(`${project.ref} no change`)
  programme.addUpdate(project, { state: last.state, attestsId: last.id })
})

const confirm: Event = onProject((programme, project) => {
  const at = project.updates.findIndex(({ awaitsConfirmation }) => awaitsConfirmation)
  const update = project.updates[at]
  if (!update) return
  programme.tell(`${project.ref} ${update.state} confirmed`)
  project.updates[at] = { ...update, awaitsConfirmation: false, confirmedById: 'priya' }
})

const takeBackUpdate: Event = onProject((programme, project) => {
  if (project.updates.length === 0) return
  programme.tell(`${project.ref} last update taken back`)
  project.updates.shift()
})

/** A sheet of some projects, as at today or some days ago. */
const importSheet: Event = (programme) => {
  const { random } = programme
  const onDay = random.happens(0.7) ? programme.today : programme.someDay(-10, 0)
  programme.tell(`a sheet as at ${onDay}`)
  if (random.happens(0.3)) programme.addProject(true)
  for (const project of programme.live) {
    if (random.happens(0.5)) {
      programme.addUpdate(project, { state: someState(programme), source: 'import', onDay })
    }
  }
}

const undoImport: Event = (programme) => {
  const imported = programme.projects.flatMap(({ updates }) =>
    updates.filter(({ source }) => source === 'import'),
  )
  const last = Math.max(...imported.map(({ at }) => at.getTime()))
  if (imported.length === 0) return
  programme.tell('the last sheet is taken back')
  for (const project of programme.projects) {
    const kept = project.updates.filter(
      ({ source, at }) => source !== 'import' || at.getTime() < last - 600_000,
    )
    project.updates.splice(0, project.updates.length, ...kept)
    if (project.isByImport && kept.length === 0) programme.setAside(project, 'removed')
  }
}

const finish: Event = onMilestone((programme, milestone, { ref }) => {
  if (milestone.doneOn) return
  const onDay = programme.someDay(-10, 0)
  const awaitsConfirmation = programme.random.happens(0.2)
  programme.tell(
    `${ref}/${milestone.number} done ${onDay}${awaitsConfirmation ? ' (to confirm)' : ''}`,
  )
  const by = { byId: 'asha', onBehalfOfId: null, confirmedById: null }
  milestone.completion = { onDay, evidence: null, ...by, awaitsConfirmation }
  milestone.doneOn = awaitsConfirmation ? null : onDay
})

const reopen: Event = onMilestone((programme, milestone, { ref }) => {
  if (!milestone.completion) return
  programme.tell(`${ref}/${milestone.number} reopened`)
  milestone.doneOn = null
  milestone.completion = null
})

const move: Event = onMilestone((programme, milestone, { ref }) => {
  const to = programme.random.happens(0.95) ? programme.someDay(-3, 40) : null
  programme.tell(`${ref}/${milestone.number} moved from ${milestone.due} to ${to}`)
  const reason = `The ${programme.random.pick(words)} is late`
  const said = { reason, byId: 'asha', onBehalfOfId: null, onDay: programme.today }
  milestone.moves.push({ from: milestone.due, to, ...said })
  milestone.due = to
})

const takeBackMove: Event = onMilestone((programme, milestone, { ref }) => {
  const last = milestone.moves.pop()
  if (!last) return
  programme.tell(`${ref}/${milestone.number} move taken back`)
  milestone.due = last.from
})

const flag: Event = onMilestone((programme, milestone, { ref }) => {
  programme.tell(`${ref}/${milestone.number} ${milestone.flag ? 'no longer ' : ''}at risk`)
  const said = { reason: null, byId: 'asha', onBehalfOfId: null, onDay: programme.today }
  milestone.flag = milestone.flag ? null : said
})

const rateMilestone: Event = onMilestone((programme, milestone, { ref }) => {
  const state = someState(programme)
  programme.tell(`${ref}/${milestone.number} rated ${state}`)
  milestone.ratings.unshift({ state, source: 'slack', onDay: programme.today })
})

const removeMilestone: Event = onMilestone((programme, milestone, { ref, milestones }) => {
  programme.tell(`${ref}/${milestone.number} removed`)
  milestones.splice(milestones.indexOf(milestone), 1)
})

const addMilestone: Event = onProject((programme, project) => {
  const { number, due } = programme.addMilestone(project)
  programme.tell(`${project.ref}/${number} added, due ${due}`)
})

const addProject: Event = (programme) => programme.tell(`${programme.addProject().ref} added`)

const setAside: Event = onProject((programme, project) => {
  const state = programme.random.pick(['on hold', 'pipeline', 'closed', 'closed', 'removed'])
  programme.tell(`${project.ref} ${state}`)
  programme.setAside(project, state)
})

const resume: Event = (programme) => {
  const { projects, random } = programme
  const resting = projects.filter(({ life }) => life !== null)
  const project = resting[random.below(Math.max(resting.length, 1))]
  if (!project) return
  programme.tell(`${project.ref} live again`)
  programme.resume(project)
}

const holdWorkstream: Event = (programme) => {
  const { random, live } = programme
  const workstreamId = `w${1 + random.below(3)}`
  programme.tell(`all of ${workstreamId} on hold`)
  for (const project of live) {
    if (project.workstreamId === workstreamId) programme.setAside(project, 'on hold')
  }
}

const holdAll: Event = (programme) => {
  programme.tell('everything on hold')
  for (const project of programme.live) programme.setAside(project, 'on hold')
}

const renumber: Event = onProject((programme, project) => {
  const other = programme.live[programme.random.below(programme.live.length)]
  if (!other) return
  programme.tell(`${project.ref} and ${other.ref} change numbers`)
  const { ref } = project
  project.ref = other.ref
  other.ref = ref
})

const changeWorkstream: Event = onProject((programme, project) => {
  project.workstreamId = `w${1 + programme.random.below(3)}`
  programme.tell(`${project.ref} goes to ${project.workstreamId}`)
})

const changeScheme: Event = (programme) => {
  const scheme = programme.random.pick(['rag', 'brag', 'delivery'])
  const confidencePoints = programme.random.pick([3, 5])
  programme.tell(`scheme ${scheme}, delivery confidence on ${confidencePoints} points`)
  const { kept } = dimensionsSetting.of(settingsWith(programme.settings))
  const dimensions = { kept, confidencePoints }
  programme.settings = { ...programme.settings, scheme, dimensions }
}

const changeRollUp: Event = (programme) => {
  const { random, settings, today: onDay } = programme
  const policy = random.pick(['worst', 'plurality', 'proportion'])
  const redShare = random.pick([0.25, 0.5])
  programme.tell(`roll-up by ${policy} ${redShare}`)
  const before = (settings.rollUpChanges ?? []) as unknown[]
  const change = { policy, redShare, onDay, byId: null }
  programme.settings = { ...settings, rollUpChanges: [...before, change] }
}

const setByHand: Event = (programme) => {
  const { random, today: onDay } = programme
  const workstreamId = random.pick([null, 'w1', 'w2'])
  const state = random.happens(0.3) ? null : someState(programme)
  programme.tell(`${workstreamId ?? 'the programme'} set by hand to ${state}`)
  const said = { id: programme.newId('override'), workstreamId, state, reason: 'It is agreed' }
  const row = { ...said, byId: 'asha', onDay, at: programme.now(), confirmation: null }
  programme.overrides.push(row)
}

const confirmSetByHand: Event = (programme) => {
  const { overrides, today: onDay } = programme
  const at = overrides.findLastIndex((row) => row.state !== null && row.confirmation === null)
  const row = overrides[at]
  if (!row) return
  programme.tell(`${row.workstreamId ?? 'the programme'} set by hand: confirmed`)
  overrides[at] = { ...row, confirmation: { byId: 'priya', onDay, at: programme.now() } }
}

/** Decisions twice: of the others whom they are asked of, too, there have to be some in every run. */
const kinds = ['risk', 'issue', 'action', 'decision', 'decision', 'headline', 'dependency'] as const

const enter: Event = (programme) => {
  const { random, register, today: onDay } = programme
  const kind = random.pick(kinds)
  const number = register.filter((one) => one.kind === kind).length + 1
  const project = random.happens(0.6) ? (programme.live[0] ?? null) : null
  const own = project && { id: project.id, ref: project.ref, title: project.title }
  const record = { id: programme.newId(kind), number, project: own, byId: null }
  const unread = { closing: null, reviews: [], reopenings: [] }
  const said = { ...record, source: 'test', onDay, ...unread, text: 'Something of note' }
  const unsaid = { mitigation: null, score: null, proximity: null, ownerId: null, reviewOn: null }
  programme.tell(`${kind} ${number}`)
  const neededBy = programme.someDay(0, 20)
  if (kind === 'risk') register.push({ ...said, kind, ...unsaid, state: someState(programme) })
  else if (kind === 'issue')
    register.push({
      ...said,
      kind,
      mitigation: null,
      ownerId: null,
      reviewOn: null,
      state: someState(programme),
    })
  else if (kind === 'action') register.push({ ...said, kind, ownerId: null, neededBy })
  else if (kind === 'headline') register.push({ ...said, kind })
  else if (kind === 'dependency')
    register.push({ ...said, kind, dependsOn: '1.1', dependsOnId: null })
  else register.push({ ...said, kind, askedOf: someBody(random), neededBy })
}

const someBody = (random: RandomProgramme['random']) =>
  random.pick([null, 'the Cabinet', 'The chair of the Improvement Board'])

const closeEntry: Event = (programme) => {
  const { register, random, today: onDay } = programme
  const at = random.below(Math.max(register.length, 1))
  const entry = register[at]
  if (!entry || entry.closing) return
  programme.tell(`${entry.kind} ${entry.number} closed`)
  register[at] = { ...entry, closing: { outcome: 'Agreed', byId: null, onDay } }
}

const reopenEntry: Event = (programme) => {
  const { register, today: onDay } = programme
  const at = register.findIndex(({ closing }) => closing !== null)
  const entry = register[at]
  if (!entry?.closing) return
  programme.tell(`${entry.kind} ${entry.number} reopened`)
  const reopening = { reason: 'Too early', byId: null, onDay, closing: entry.closing }
  register[at] = { ...entry, closing: null, reopenings: [...entry.reopenings, reopening] }
}

/** Rated anew and given another day, or what was said last is taken back. */
const reviewEntry: Event = (programme) => {
  const { register, random, today: onDay } = programme
  const at = random.below(Math.max(register.length, 1))
  const entry = register[at]
  if (!entry || entry.closing) return
  const last = entry.reviews.findLastIndex(({ withdrawnOn }) => withdrawnOn === null)
  if (last >= 0 && random.happens(0.3)) {
    programme.tell(`${entry.kind} ${entry.number}: what was said last is taken back`)
    const reviews = entry.reviews.map((one, index) =>
      index === last ? { ...one, withdrawnOn: onDay } : one,
    )
    register[at] = { ...entry, reviews }
    return
  }
  const said = { state: someState(programme), neededBy: programme.someDay(-3, 20) }
  programme.tell(`${entry.kind} ${entry.number} reviewed: ${said.state}, ${said.neededBy}`)
  const none = { mitigation: null, score: null, proximity: null, ownerId: null, reviewOn: null }
  const review = {
    id: programme.newId('review'),
    ...none,
    ...said,
    reason: null,
    byId: null,
    onDay,
  }
  register[at] = { ...entry, reviews: [...entry.reviews, { ...review, withdrawnOn: null }] }
}

const addMeasure: Event = (programme) => {
  const { random, measures, today: addedOn } = programme
  const [project] = programme.live
  const number = measures.length + 1
  programme.tell(`KPI ${number}`)
  measures.push({
    ...{
      id: programme.newId('measure'),
      number,
      title: `How many ${random.pick(words)}s`,
      addedOn,
    },
    ...{ kind: random.pick(['kpi', 'quality', 'feedback']), polarity: 'increase' },
    ...{ baseline: null, baselineState: null, target: '80', targetOn: null, frequency: null },
    ...{ method: null, nextDue: null, outcomes: [], allReadings: [] },
    projects: project ? [{ id: project.id, ref: project.ref, title: project.title }] : [],
  })
}

/** Of a new period, or of the last one once more, which corrects it. */
const read: Event = (programme) => {
  const { random, measures, today: onDay } = programme
  const at = random.below(Math.max(measures.length, 1))
  const measure = measures[at]
  if (!measure) return
  const raw = String(60 + random.below(30))
  programme.tell(`KPI ${measure.number} is ${raw}`)
  const [last] = measure.allReadings
  const forDay = last && random.happens(0.3) ? last.forDay : onDay
  const said = { id: programme.newId('reading'), raw, declared: null, period: null, byId: null }
  const reading = { ...said, forDay, source: 'test', onDay }
  measures[at] = { ...measure, allReadings: [reading, ...measure.allReadings] }
}

const changeAim: Event = (programme) => {
  const { random, measures } = programme
  const at = random.below(Math.max(measures.length, 1))
  const measure = measures[at]
  if (!measure) return
  const polarity = random.pick(['increase', 'decrease', 'maintain'])
  const target = random.pick(['70', '80', '80', '90%'])
  programme.tell(`KPI ${measure.number} is to ${polarity}, ${target}`)
  measures[at] = { ...measure, polarity, target }
}

const all: readonly (readonly [weight: number, event: Event])[] = [
  [30, rate],
  [6, sayNoChange],
  [4, confirm],
  [3, takeBackUpdate],
  [3, importSheet],
  [2, undoImport],
  [6, finish],
  [2, reopen],
  [6, move],
  [2, takeBackMove],
  [2, flag],
  [5, rateMilestone],
  [1, removeMilestone],
  [2, addMilestone],
  [2, addProject],
  [3, setAside],
  [3, resume],
  [0.3, holdWorkstream],
  [0.2, holdAll],
  [1, renumber],
  [1, changeWorkstream],
  [0.6, changeScheme],
  [1.5, changeRollUp],
  [2, setByHand],
  [2, confirmSetByHand],
  [1, addMeasure],
  [4, read],
  [1, changeAim],
  [5, enter],
  [2, closeEntry],
  [1, reopenEntry],
  [2, reviewEntry],
]
const total = all.reduce((sum, [weight]) => sum + weight, 0)

/** Something happens. */
export function happenSomething(programme: RandomProgramme): void {
  let left = programme.random.next() * total
  for (const [weight, event] of all) {
    left -= weight
    if (left >= 0) continue
    event(programme)
    return
  }
}
