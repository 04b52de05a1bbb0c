import { loadProgrammeRoles } from '../../authority/programme-roles.ts'
import { archivedRefusal, refusalText } from '../../authority/refusals.ts'
import type { Actor } from '../../base/actor.ts'
import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, nearest, quoted, shorten } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'
import { findProgramme, requirePersonId } from '../plan/lookup.ts'
import { programmesOf } from '../plan/store.ts'
import type { Programme } from '../programme/programme.ts'
import { parseSettings } from '../programme/setting.ts'
import type { Measure } from './measure.ts'
import { mayRecord } from './permissions.ts'
import type { Thresholds } from './rules.ts'
import { thresholdsSetting } from './settings.ts'
import { loadMeasures } from './store.ts'

/** A measure, with what is needed to rate it and to decide who may record it. */
export interface FoundMeasure {
  readonly programme: Programme
  readonly measure: Measure
  readonly thresholds: Thresholds
}

/** How people name a measure. */
export interface MeasureQuery {
  /** "3", "#3", "CUM/3", its id, or words of its title. */
  readonly measure: string
  /** Key of the programme, where it was given. */
  readonly programme?: string | undefined
}

/**
 * The named measure, in the programmes the person belongs to; measures of other programmes are never mentioned.
 * @throws Refusal that offers the nearest, or those that fit.
 */
export async function findMeasure(
  tx: ReadTx,
  actor: Actor,
  named: MeasureQuery,
  asAt: CivilDate,
): Promise<FoundMeasure> {
  const [, key = named.programme, rest = named.measure] =
    /^([^/\s]+)\/(#?\d+)$/.exec(named.measure.trim()) ?? []
  const programmes = key
    ? [await findProgramme(tx, actor, key)]
    : await programmesOf(tx, requirePersonId(actor))
  const all: Candidate[] = []
  for (const programme of programmes) {
    const measures = await loadMeasures(tx, programme.id, asAt)
    all.push(...measures.map((measure) => ({ programme, measure })))
  }
  const { programme, measure } = pickMeasure(all, rest)
  return { programme, measure, thresholds: await loadThresholds(tx, programme.id) }
}

interface Candidate {
  readonly programme: Programme
  readonly measure: Measure
}

/** How many measures a refusal offers. */
const maxSuggestions = 6

/** By id, number or words. An equal title wins over one that contains the words. */
function pickMeasure(all: readonly Candidate[], named: string): Candidate {
  if (all.length === 0) {
    throw new Refusal('There are no measures in your programmes yet.')
  }
  const exact = all.filter(
    ({ measure: { id, number, title } }) =>
      id === named || String(number) === named.replace(/^#/, '') || fold(title) === fold(named),
  )
  const fitting =
    exact.length > 0 ? exact : all.filter(({ measure }) => titleContainsWords(measure, named))
  const [only, second] = fitting
  if (only && !second) return only
  if (second) throw ambiguousMeasureRefusal(fitting, named)
  const near = nearest(
    named,
    all.map(({ measure }) => measure.title),
  )
  const match = all.find(({ measure }) => measure.title === near)
  const hint = match
    ? `Did you mean ${measureTitle(match.measure)}?`
    : 'Name it by its number or by words of its title.'
  throw new Refusal(`There is no measure ${quoted(named)} in your programmes. ${hint}`)
}

function ambiguousMeasureRefusal(fitting: readonly Candidate[], named: string): Refusal {
  const several = new Set(fitting.map(({ programme }) => programme.key)).size > 1
  const options = fitting.slice(0, maxSuggestions).map(({ programme, measure }) => {
    return `${several ? `${programme.key}/` : ''}${measureTitle(measure)}`
  })
  const more =
    fitting.length > maxSuggestions ? `, and ${fitting.length - maxSuggestions} more` : ''
  return new Refusal(
    `${quoted(named)} fits several measures: ${options.join('; ')}${more}. Say which by its number.`,
  )
}

/** Whether a title holds every word that was typed. */
export function titleContainsWords({ title }: Pick<Measure, 'title'>, words: string): boolean {
  const inTitle = fold(title)
  const wanted = fold(words).split(' ').filter(Boolean)
  return wanted.length > 0 && wanted.every((word) => inTitle.includes(word))
}

/** "3 Care leavers in education": a title that fits a line. */
export function measureTitle({ number, title }: Pick<Measure, 'number' | 'title'>): string {
  return `${number} ${shorten(title, 120)}`
}

/** The programme's own thresholds, or the usual ones. */
export async function loadThresholds(tx: ReadTx, programmeId: string): Promise<Thresholds> {
  const row = await tx.programme.findUnique({
    where: { id: programmeId },
    select: { settings: true },
  })
  return thresholdsSetting.of(parseSettings(row?.settings))
}

/** @throws Refusal that names whom to tell, for a person who may only read */
export async function measureToRecord(
  tx: ReadTx,
  actor: Actor,
  named: MeasureQuery,
  asAt: CivilDate,
): Promise<FoundMeasure> {
  const found = await findMeasure(tx, actor, named, asAt)
  const { programme, measure } = found
  const query = { personId: requirePersonId(actor), programmeId: programme.id, today: asAt }
  if (mayRecord(await loadProgrammeRoles(tx, query), measure)) return found
  if (programme.isArchived) throw archivedRefusal()
  const who = (await loadLeadNames(tx, measure)).join(' or ') || 'your programme office'
  throw new Refusal(`${refusalText('record reading', measureTitle(measure))} Please tell ${who}.`)
}

/** The names of those who lead a linked project. */
async function loadLeadNames(tx: ReadTx, { projects }: Measure): Promise<string[]> {
  const leads = await tx.projectLead.findMany({
    where: { projectId: { in: projects.map(({ id }) => id) } },
    orderBy: [{ project: { position: 'asc' } }, { position: 'asc' }],
    include: { person: true },
  })
  return [...new Set(leads.map(({ person }) => person.name))]
}
