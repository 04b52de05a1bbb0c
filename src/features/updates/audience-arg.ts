import { z } from 'zod'
import { type Audience, audiences } from '../../domain/programme/audience.ts'
import type { ValidUpdate } from '../../domain/status/rules.ts'

/** For whom words are, as typed or chosen; '' and nothing: as the programme says. */
export const audienceArg = z
  .union([
    z.literal('').transform(() => undefined),
    z.string().toLowerCase().pipe(z.enum(audiences)),
  ])
  .optional()

/** Who may read them in a digest, for a form. */
export const audienceChoices: readonly { readonly title: string; readonly value: Audience }[] = [
  { title: 'The programme’s own people alone', value: 'internal' },
  { title: 'The board', value: 'board' },
  { title: 'The public', value: 'public' },
]

const audienceNotes: Readonly<Record<Audience, string>> = {
  internal: 'Your words are for the programme’s own people: the board’s digest does not show them.',
  board: '',
  public: 'Your words are for the public: every digest may show them.',
}

/** Who will read what was said, where that is not the board as mostly. Of no words there is nothing to say. */
export function formatAudience({ reason, path }: ValidUpdate, audience: Audience): string[] {
  return (reason || path) && audienceNotes[audience] ? [audienceNotes[audience]] : []
}
