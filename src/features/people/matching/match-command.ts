import { programmeArgs } from '../../../chat/args.ts'
import { defineQuery } from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { matchCard } from './match-card.ts'
import { loadMatches } from './matches.ts'

/** Whom the names in the plan mean among the members of the workspace. Nobody is linked before a press. */
export const peopleMatch = defineQuery({
  name: 'people-match',
  usages: ['people match [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['people match', 'people match for W17'],
  authority: ['run programme'],
  summary:
    'Find the owners in the plan among the members of your workspace, and link them: all who are certain in one press, the others one by one. For the programme office.',
  args: programmeArgs,
  run: async (context, args) => {
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const matches = await loadMatches(context, programme.id)
    return { card: matchCard(matches, { programme, prefix: context.prefix, done: [] }) }
  },
})
