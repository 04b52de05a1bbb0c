import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { inLanguage, type Language, languages, say } from '../../base/language.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { changeLanguage } from '../../domain/people/working-time-store.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'

/** What people call each language: its own name, its English one, its code. */
const namesOf: Record<Language, readonly [string, ...string[]]> = {
  en: ['English', 'en', 'saesneg'],
  cy: ['Cymraeg', 'cy', 'welsh'],
}

export const language = defineCommand({
  name: 'language',
  usages: ['language', 'language <language>'],
  slots: { language: slot.text },
  examples: ['language', 'language Cymraeg'],
  authority: ['look after oneself'],
  summary: 'The language that Milepost writes to you in (“language Cymraeg”, “language English”).',
  args: z.object({ language: optionalText }),
  run: async ({ tx, actor, prefix }, { language: typed }) => {
    const chosen = typed === undefined ? (actor.language ?? 'en') : parseLanguage(typed)
    if (typed !== undefined) await changeLanguage(tx, requirePersonId(actor), chosen)
    const heading = typed === undefined ? 'Your language' : 'Saved'
    const [other] = namesOf[chosen === 'en' ? 'cy' : 'en']
    const lines = () => [
      say('Milepost writes to you in {language}.', { language: namesOf[chosen][0] }),
      ...(chosen === 'en' ? [] : [say('What is not translated yet comes in English.')]),
      say('To change that: {command}', { command: `${prefix} language ${other}` }),
    ]
    return {
      card: inLanguage(chosen, () =>
        noticeCard({ heading: say(heading), lines: lines(), buttons: [] }),
      ),
    }
  },
})

/** 'Cymraeg', 'welsh', 'cy'. @throws Refusal that lists those there are */
function parseLanguage(text: string): Language {
  const typed = fold(text)
  const found = languages.find((code) => namesOf[code].some((name) => fold(name) === typed))
  if (found) return found
  const known = listOf(languages.map((code) => namesOf[code][0]))
  throw new Refusal(`I write ${known}, and do not know ${quoted(text)}. Nothing was saved.`)
}
