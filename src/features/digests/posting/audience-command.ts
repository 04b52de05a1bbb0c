import { z } from 'zod'
import { defineCommand, optionalText } from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { savedResult } from '../../../chat/notice.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { audiences, commentaryAudienceSetting } from '../../../domain/programme/audience.ts'
import { changeSetting } from '../../../domain/programme/settings-store.ts'
import { audiencePhrases } from '../format.ts'

/** For whom words are that nobody marked. */
export const adminCommentary = defineCommand({
  name: 'admin-commentary',
  usages: ['admin commentary <audience> [for <programme>]'],
  slots: { audience: oneOf(...audiences), programme: slot.text },
  examples: ['admin commentary internal'],
  authority: ['run programme'],
  summary:
    'For whom commentary is that nobody marked: internal, board or public. For the programme office.',
  args: z.object({
    audience: z.string().toLowerCase().pipe(z.enum(audiences)),
    programme: optionalText,
  }),
  run: async (context, { audience, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    await changeSetting(context, programme.id, commentaryAudienceSetting, () => audience)
    return savedResult([
      `${programme.title}: from now on, commentary that nobody marks is ${audiencePhrases[audience]}.`,
      'What was said before stays for whom it was. Reasons of milestones cannot be marked: all of them, earlier ones too, follow this choice.',
    ])
  },
})
