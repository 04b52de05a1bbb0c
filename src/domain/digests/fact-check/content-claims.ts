import { plural } from '../../../base/text.ts'
import { kindNouns } from '../../register/format.ts'
import { stateIn } from '../../scheme/scheme-snapshot.ts'
import type { DigestContent } from '../content/content.ts'
import { hasWorseDimension } from '../content/dimension-entries.ts'
import type { RagHistory } from '../content/rag-history.ts'
import type { Claim, ListName, RegisterKind, Statement } from './claims.ts'

/** What the frozen content of a digest says. */
export function contentClaims(content: DigestContent): Claim[] {
  return [
    ...projectClaims(content),
    ...colourClaims(content),
    ...countClaims(content),
    ...listClaims(content),
    ...omissionClaims(content),
    ...milestoneOmissionClaims(content),
    ...measureClaims(content),
    ...dimensionClaims(content),
    ...decisionClaims(content),
    ...registerClaims(content),
    ...lifeClaims(content),
  ]
}

function projectClaims({
  snapshot,
  scheme,
  worse,
  better,
  quiet,
  ...content
}: DigestContent): Claim[] {
  const label = (key: string) => stateIn(scheme, key).label
  const named = [worse, better, content.newlyRated, content.noLongerRated, quiet].flat()
  const refs = new Map(named.map(({ id, ref, title }) => [id, `${ref} ${title}`]))
  const states = snapshot.projects.flatMap(({ id: project, ...history }) => {
    const name = refs.get(project) ?? project
    const { movement, lastRated, state } = history
    const told: readonly (Statement | null)[] = [
      { says: 'state', project, state },
      // A first digest says of no project how it moved.
      content.previousAsAt ? { says: 'movement', project, movement } : null,
      { says: 'rounds', project, rounds: history.rounds },
      lastRated && { says: 'was rated', project, ...lastRated },
    ]
    return told.flatMap((one) =>
      one ? [{ ...one, sentence: `${name}: ${historyText(history, label)}` }] : [],
    )
  })
  const moves = [...worse, ...better].map(({ id, ref, title, from, to }) => ({
    ...({ says: 'from', project: id, state: from } as const),
    sentence: `${ref} ${title}: from ${label(from)} to ${label(to)}`,
  }))
  return [...states, ...moves]
}

function historyText({ state, movement, rounds }: RagHistory, label: (key: string) => string) {
  return `${label(state)}, ${movement}${rounds > 1 ? ` for ${rounds} rounds` : ''}`
}

function colourClaims({ snapshot, scheme, workstreams, override }: DigestContent): Claim[] {
  const label = (key: string) => stateIn(scheme, key).label
  const claimsOf = (
    workstream: string | null,
    name: string,
    history: RagHistory,
    text: string | null,
  ): Claim[] => {
    const { state, movement } = history
    const sentence = `${name}: ${historyText(history, label)}${text ? `, ${text}` : ''}`
    const told: readonly Statement[] = [
      { says: 'colour', workstream, state },
      { says: 'colour moved', workstream, movement },
      { says: 'set by hand', workstream, isSet: text !== null },
    ]
    return told.map((one) => ({ ...one, sentence }))
  }
  return [
    ...(snapshot.programme ? claimsOf(null, 'Overall', snapshot.programme, override) : []),
    ...workstreams.flatMap((one) => {
      const history = snapshot.workstreams.find(({ id }) => id === one.id)
      return history ? claimsOf(one.id, `${one.ref} ${one.title}`, history, one.override) : []
    }),
  ]
}

function countClaims({ counts, workstreams }: DigestContent): Claim[] {
  const parts = workstreams.flatMap(({ id: workstream, ref, title, counts: all }) =>
    all.map(({ state, count }) => ({
      ...({ says: 'in workstream', workstream, state, count } as const),
      sentence: `${ref} ${title}: ${state} ${count}`,
    })),
  )
  const whole = counts.map(({ state, label, count, was }) => ({
    ...({ says: 'in state', state, count, was } as const),
    sentence: `${label} ${count}${was === null ? '' : ` (was ${was})`}`,
  }))
  return [...whole, ...parts]
}

/** First digests list all that need attention alike: nothing there is still or newly so. */
function listClaims(content: DigestContent): Claim[] {
  const { worse, better, attention, newlyRated, missed, finished, moved, due } = content
  const { atRisk, quiet, lifeChanges, dimensions } = content
  const still = attention.flatMap(({ entries }) => entries)
  const projects = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id)
  const milestones = (all: readonly { readonly milestoneId: string }[]) =>
    all.map(({ milestoneId }) => milestoneId)
  const lists: Readonly<Record<ListName, readonly string[]>> = {
    worse: projects(worse),
    better: projects(better),
    'still in need': projects(still),
    'newly in need': projects(newlyRated),
    'newly overdue': milestones(missed.filter(({ isNew }) => isNew)),
    'still overdue': milestones(missed.filter(({ isNew }) => !isNew)),
    finished: milestones(finished),
    moved: milestones(moved),
    due: milestones(due),
    'at risk': milestones(atRisk),
    quiet: projects(quiet),
    'newly set aside': projects(lifeChanges.filter(({ change }) => change === 'set aside')),
    'worse in a dimension': projects(dimensions.filter(hasWorseDimension)),
    'behind in a dimension': projects(dimensions.filter((one) => !hasWorseDimension(one))),
    'live again': projects(lifeChanges.filter(({ change }) => change !== 'set aside')),
  }
  return Object.entries(lists).map(([list, ids]) => ({
    ...{ says: 'list', list: list as ListName, ids },
    sentence: `${plural(ids.length, 'entry', 'entries')} in the list “${list}”`,
  }))
}

/** '9 Greens unchanged', '1 new Green', '2 projects at “On track”': what is counted instead of listed. */
function omissionClaims(content: DigestContent): Claim[] {
  const { scheme, leftOut, worse, better, attention, newlyRated, noLongerRated, quiet } = content
  const { dimensions } = content
  const still = attention.flatMap(({ entries }) => entries)
  const listed = [worse, better, still, newlyRated, noLongerRated, quiet, dimensions]
    .flat()
    .map(({ id }) => id)
  return [...scheme.states, scheme.blank].map((state) => {
    const noun = state.key === scheme.blank.key ? 'without a rating' : state.label
    const told = leftOut.filter(
      ({ what }) => nounOf(what).includes(noun) && !what.includes(' due '),
    )
    const count = sumOf(told)
    return {
      ...{ says: 'not listed', state: state.key, count, listed },
      sentence: `Not listed: ${told.map(({ what }) => what).join(', ') || `no ${state.label}`}`,
    }
  })
}

/** '3 milestones due after Mon 20 Mar 2017', '1 milestone without a date'. */
function milestoneOmissionClaims({ leftOut }: DigestContent): Claim[] {
  const kinds = { 'due later': ' due after ', 'without a date': ' without a date' } as const
  return (['due later', 'without a date'] as const).map((of) => {
    const told = leftOut.filter(
      ({ what }) => /^[\d,]+ milestones? /.test(what) && what.includes(kinds[of]),
    )
    const count = sumOf(told)
    return { ...{ says: 'count', of, count }, sentence: `Not listed: ${count} milestones ${of}` }
  })
}

/** Of '1,234 Greens unchanged' and others like it. */
const sumOf = (told: DigestContent['leftOut']): number =>
  told.reduce((sum, { what }) => sum + Number.parseInt(what.replaceAll(',', ''), 10), 0)

const nounOf = (what: string) => what.replace(/ \(.*$/, '')

function measureClaims({ measures }: DigestContent): Claim[] {
  return measures.map(({ measureId: measure, number, title, ...told }) => {
    const { state, was, isByAim, direction, directionWas } = told
    return {
      ...{ says: 'measure', measure, state, was, isByAim, direction, directionWas },
      sentence: `KPI ${number} ${title}: ${state ?? 'not rated'}, was ${was ?? 'not rated'}, ${direction ?? 'no direction'}`,
    }
  })
}

function dimensionClaims({ dimensions }: DigestContent): Claim[] {
  return dimensions.flatMap(({ id: project, ref, title, ratings }) =>
    ratings.map(({ dimension, state, was }) => ({
      ...({ says: 'dimension', project, dimension, state, was } as const),
      sentence: `${ref} ${title}: ${dimension} ${state}${was === null ? '' : `, was ${was}`}`,
    })),
  )
}

function decisionClaims({ decisions, decided }: DigestContent): Claim[] {
  const others = decisions.filter(({ isOfOthers }) => isOfOthers)
  const ids = (all: readonly { readonly entryId: string }[]) => all.map(({ entryId }) => entryId)
  return [
    {
      ...{ says: 'decisions', needed: ids(decisions), decided: ids(decided) },
      ofOthers: ids(others),
      sentence: `${plural(decisions.length, 'decision')} needed, ${decided.length} decided`,
    },
  ]
}

/** '2 other open risks', '1 dependency not known to be held up': what is counted besides the lists. */
function registerClaims(content: DigestContent): Claim[] {
  const { risks, issues, actions, dependencies, leftOut } = content
  const kinds = { risk: risks, issue: issues, action: actions, dependency: dependencies }
  const counted: Readonly<Record<RegisterKind, RegExp>> = {
    risk: /^\d+ other open risks?$/,
    issue: /^\d+ other open issues?$/,
    action: /^\d+ other open actions?$/,
    dependency: /^\d+ (?:dependency|dependencies) not known to be held up$/,
  }
  return (['risk', 'issue', 'action', 'dependency'] as const).map((kind) => {
    const told = leftOut.filter(({ what }) => counted[kind].test(what.replaceAll(',', '')))
    const count = sumOf(told)
    const listed = kinds[kind].map(({ entryId }) => entryId)
    const [one, many] = kindNouns[kind]
    return {
      ...{ says: 'register', kind, listed, leftOut: count },
      sentence: `${plural(listed.length, one, many)} listed, ${count} not listed`,
    }
  })
}

function lifeClaims({ lifeChanges }: DigestContent): Claim[] {
  return lifeChanges.map(({ id: project, ref, title, state, onDay, text }) => ({
    ...{ says: 'life', project, state, onDay },
    sentence: `${ref} ${title}: ${text}`,
  }))
}
