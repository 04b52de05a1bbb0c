import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

/**
 * Who may do what is asked in src/authority/ alone. A file that looks at who is in a programme's office to decide
 * something decides for itself: these read or write the roles for another reason.
 */
const otherReaders: Readonly<Record<string, string>> = {
  'domain/people/role-history.ts': 'the history of roles names each of them',
  'domain/people/member-resolver.ts': 'writes the roles of a people file',
  'domain/plan/project-store.ts':
    'reads them for relationToProject, in the one statement of an update',
  'domain/plan/store.ts': 'reads who is in the office, who is asked where nobody else can be',
  'features/home/help-lines.ts': 'chooses the lines of help that fit who asks',
  'features/people/erase.ts': 'leaves no programme without an office',
  'features/people/format.ts': 'shows them to the operator',
  'features/people/import-people.ts': 'leaves no programme without an office',
  'features/people/people-command.ts': 'shows them to the office',
  'features/people/people-file.ts': 'reads them from a sheet',
  'features/people/roles/role-words.ts': 'names the roles that the office gives',
  'features/setup/setup.ts': 'writes the first office of a new programme',
  'playground/copy.ts': 'shows them beside the people of a copy',
}

const source = fileURLToPath(new URL('../../src', import.meta.url))

test('nobody but src/authority/ decides by the role of the programme office', async () => {
  const found: string[] = []
  for await (const file of glob(`${source}/**/*.ts`)) {
    const path = relative(source, file)
    if (path.startsWith('infra/prisma/') || path.startsWith('authority/')) continue
    if (/\bprogramme_office\b/.test(readFileSync(file, 'utf8'))) found.push(path)
  }
  expect(found.toSorted()).toEqual(Object.keys(otherReaders).toSorted())
})
