import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf, nearest, quoted } from '../../base/text.ts'
import { defineCommand, optionalText, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { changeSettings } from '../../domain/programme/settings-store.ts'
import { parseCustomStates } from '../../domain/scheme/custom-scheme.ts'
import {
  allStates,
  buildScheme,
  builtInSchemes,
  formatState,
  type Scheme,
  schemeOf,
  stateByKey,
} from '../../domain/scheme/schemes.ts'
import {
  type SchemeChoice,
  type SchemeKey,
  schemeChoiceOf,
  schemeKeys,
  withSchemeChoice,
} from '../../domain/scheme/settings.ts'
import type { ReadTx } from '../../infra/db.ts'

/** How the programme says where things stand: shows it, or chooses another. */
export const adminScheme = defineCommand({
  name: 'admin-scheme',
  usages: [
    'admin scheme [for <programme>]',
    'admin scheme own <states> [for <programme>]',
    'admin scheme <scheme> [for <programme>]',
  ],
  slots: { scheme: slot.text, states: slot.text, programme: slot.text },
  examples: [
    'admin scheme',
    'admin scheme own Stalled red, Slipping amber, Moving green',
    'admin scheme brag',
  ],
  authority: ['run programme'],
  summary:
    'The states of your programme: RAG, BRAG, the delivery key, five-point delivery confidence or its own (“Stalled red, Slipping amber, Moving green”). For the programme office.',
  args: z.object({ scheme: optionalText, states: optionalText, programme: optionalText }),
  run: async (context, args) => {
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const { settings } = programme
    if (!args.scheme && !args.states) {
      return { card: schemeCard('States', programme, schemeOf(settings), context.prefix) }
    }
    const choice = parseSchemeChoice(args, schemeChoiceOf(settings))
    const scheme = buildScheme(choice)
    await assertNoOrphanStates(context, programme, scheme)
    await changeSettings(context, programme.id, (now) => withSchemeChoice(now, choice))
    return { card: schemeCard('Saved', programme, scheme, context.prefix) }
  },
})

/** The programme's own states are kept when it chooses another scheme, so that it can come back to them. */
function parseSchemeChoice(
  {
    scheme,
    states,
  }: { readonly scheme?: string | undefined; readonly states?: string | undefined },
  { customStates }: SchemeChoice,
): SchemeChoice {
  if (states) return { scheme: 'own', customStates: parseCustomStates(states) }
  const key = parseSchemeKey(scheme ?? '')
  if (key === 'own' && !customStates) {
    throw new Refusal(
      'Say the states, worst first, each with its colour: admin scheme own Stalled red, Slipping amber, Moving green. Nothing was changed.',
    )
  }
  return { scheme: key, customStates }
}

/** 'RAG', 'brag', 'delivery', 'own'. @throws Refusal that offers the nearest */
function parseSchemeKey(text: string): SchemeKey {
  const found = schemeKeys.find((key) => key === fold(text))
  if (found) return found
  const near = nearest(text, schemeKeys)
  const hint = near ? ` Did you mean ${near}?` : ''
  throw new Refusal(
    `I do not know the scheme ${quoted(text)}.${hint} There are ${listOf([...schemeKeys])}. Nothing was changed.`,
  )
}

/** What was said once must stay readable: each state in use has to be in the new scheme, too. */
async function assertNoOrphanStates(
  { tx }: QueryContext,
  { id, title, settings }: Programme,
  scheme: Scheme,
): Promise<void> {
  const now = schemeOf(settings)
  const known = new Set(allStates(scheme).map(({ key }) => key))
  const orphans = [...(await statesInUse(tx, id))].filter(
    (key) => key !== 'blank' && !known.has(key),
  )
  if (orphans.length === 0) return
  const labels = listOf(orphans.map((key) => stateByKey(now, key).label))
  throw new Refusal(
    `${title} has used ${labels}, which ${scheme.label} does not have: what was said could not be read any more. Nothing was changed.`,
  )
}

/** Keys of every state that the programme's history holds. */
async function statesInUse(tx: ReadTx, programmeId: string): Promise<Set<string>> {
  const updates = await tx.statusUpdate.findMany({
    where: { project: { programmeId } },
    distinct: ['state', 'derived'],
    select: { state: true, derived: true },
  })
  const ratings = await tx.milestoneRating.findMany({
    where: { milestone: { project: { programmeId } } },
    distinct: ['state'],
    select: { state: true },
  })
  const entries = await tx.registerEntry.findMany({
    where: { programmeId },
    distinct: ['state'],
    select: { state: true },
  })
  const overrides = await tx.rollUpOverride.findMany({
    where: { programmeId },
    distinct: ['state'],
    select: { state: true },
  })
  const seconds = await tx.assuranceRating.findMany({
    where: { project: { programmeId } },
    distinct: ['state'],
    select: { state: true },
  })
  const keys = [...updates, ...ratings, ...entries, ...overrides, ...seconds].flatMap(
    ({ state }) => state ?? [],
  )
  return new Set([...keys, ...updates.flatMap(({ derived }) => derived ?? [])])
}

function schemeCard(heading: string, { title }: Programme, scheme: Scheme, prefix: string) {
  const others = Object.values(builtInSchemes).filter(({ key }) => key !== scheme.key)
  return noticeCard({
    heading,
    lines: [
      `${title} uses ${scheme.label}, worst first: ${scheme.states.map(formatState).join(', ')}.`,
      `Without a colour: ${[...scheme.specials, scheme.blank].map(formatState).join(', ')}.`,
      ...others.map(
        ({ key, label, states }) =>
          `${label} (${prefix} admin scheme ${key}): ${states.map(formatState).join(', ')}.`,
      ),
      `Its own: ${prefix} admin scheme own Stalled red, Slipping amber, Moving green`,
    ],
    buttons: [],
  })
}
