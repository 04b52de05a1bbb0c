import { z } from 'zod'
import { onOff } from '../../chat/args.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { savedResult } from '../../chat/notice.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import { confirmationSetting } from '../../domain/plan/settings.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'

const confirmationLabels = {
  improvement: 'An improvement from the worst state',
  done: 'A milestone that is done',
} as const

/** Whether a second person is asked for. What was said before stays as it was. */
export const adminConfirm = defineCommand({
  name: 'admin-confirm',
  usages: ['admin confirm <what> <onoff> [for <programme>]'],
  slots: { what: oneOf('improvement', 'done'), onoff: oneOf('on', 'off'), programme: slot.text },
  examples: ['admin confirm done on', 'admin confirm improvement off for W17'],
  authority: ['run programme'],
  summary:
    'Whether a second person confirms an improvement, or a milestone that is done (“admin confirm done on”). For the programme office.',
  args: z.object({
    what: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['improvement', 'done'])),
    onoff: onOff,
    programme: optionalText,
  }),
  run: async (context, { what, onoff, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    await changeSetting(context, programme.id, confirmationSetting, (now) => ({
      ...now,
      [what]: onoff === 'on',
    }))
    const counts =
      onoff === 'on' ? 'counts when a second person has confirmed it' : 'counts at once'
    const line = `${programme.title}: from now on, ${confirmationLabels[what].toLowerCase()} ${counts}.`
    return savedResult([line])
  },
})
