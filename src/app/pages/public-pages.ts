import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { messageOf, Refusal } from '../../base/errors.ts'
import { renderPage } from './render-page.ts'

/** HTML by the path that it is served at. */
export type PublicPages = ReadonlyMap<string, string>

export interface PublicPageFiles {
  /** A text of the organisation in place of Milepost's own. */
  readonly privacyFile: string | undefined
  readonly termsFile: string | undefined
}

/**
 * The pages that Microsoft asks every Teams app for; its manifest links to them.
 * @throws Refusal for a file of the organisation that cannot be read
 */
export async function loadPublicPages(files: PublicPageFiles): Promise<PublicPages> {
  const [privacy, terms] = await Promise.all([
    loadPage('PRIVACY_FILE', files.privacyFile, 'privacy.md'),
    loadPage('TERMS_FILE', files.termsFile, 'terms.md'),
  ])
  return new Map([
    ['/privacy', privacy],
    ['/terms', terms],
  ])
}

async function loadPage(setting: string, file: string | undefined, ours: string): Promise<string> {
  const path = file ?? fileURLToPath(new URL(ours, import.meta.url))
  try {
    return renderPage(await readFile(path, 'utf8'))
  } catch (error) {
    throw new Refusal(
      `Milepost cannot start: the file of ${setting} cannot be read (${messageOf(error)}). ` +
        'Mend the path, or leave it empty for the text that comes with Milepost.',
    )
  }
}
