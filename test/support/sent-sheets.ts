import type { ChatIdentity } from '../../src/base/addresses.ts'
import { newId } from '../../src/base/ids.ts'
import type { Reply } from '../../src/chat/reply.ts'
import type { Database } from '../../src/infra/db.ts'
import { type Chat, direct, type StoredPerson, wordsOf } from './programme.ts'

/** Sheets that people send to Milepost in private, and buttons of the cards that answer. */

export interface SentSheet {
  readonly name?: string
  readonly bytes: Uint8Array | string
}

/** Sends sheets as a platform would: in one direct message. */
export function sendSheets(
  chat: Chat,
  who: StoredPerson | ChatIdentity,
  sheets: readonly SentSheet[],
) {
  return chat.ask(who, {
    key: newId(),
    directPlace: direct,
    input: {
      by: 'files',
      text: '',
      files: sheets.map(({ name = 'plan.csv', bytes }) => ({
        name,
        read: async () => Buffer.from(bytes),
      })),
    },
  })
}

interface Button {
  readonly title: string
  readonly verb: string
  readonly data: Record<string, string>
}

export const buttonsOf = ({ card }: Reply): readonly Button[] =>
  (card.data as { readonly buttons: readonly Button[] }).buttons

/** Presses the button of an answer whose title begins so. */
export function pressIn(chat: Chat, who: StoredPerson, reply: Reply, title: string) {
  const button = buttonsOf(reply).find((one) => one.title.startsWith(title))
  if (!button) throw new Error(`No button ${title} in ${wordsOf(reply)}`)
  return chat.press(who, button.verb, button.data)
}

/** The file that waits to be sent last. */
export async function lastFile(db: Database) {
  const [file] = await db.outboxFile.findMany({ orderBy: { at: 'desc' }, take: 1 })
  if (!file) throw new Error('No file waits to be sent')
  return file
}
