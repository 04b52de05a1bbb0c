import { describe, expect, test } from '@jest/globals'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { type PeopleFile, parsePeopleFile } from '../../../src/features/people/people-file.ts'

const head = 'Name,Post,Role,Leads,Sponsors,Slack,Teams,Zone'

async function parse(...lines: string[]): Promise<PeopleFile> {
  return parsePeopleFile(
    await readSheet(new TextEncoder().encode(lines.join('\n')), 'people.csv'),
    ['slack', 'teams'],
  )
}

const read = async (...lines: string[]) => (await parse(...lines)).rows

async function problem(...lines: string[]): Promise<string> {
  try {
    await read(...lines)
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  throw new Error('it was read')
}

describe('a people file', () => {
  test('tells of each person what it says', async () => {
    expect(
      await read(
        head,
        'Asha Verity,Head of practice,lead;Programme  Office,2; 2.1,3,T1/U1,7c1e/a100,Europe/London',
      ),
    ).toEqual([
      {
        row: 2,
        name: 'Asha Verity',
        post: 'Head of practice',
        zone: 'Europe/London',
        roles: ['lead', 'programme_office'],
        leads: ['2', '2.1'],
        sponsors: ['3'],
        accounts: [
          { platform: 'slack', tenant: 'T1', user: 'U1' },
          { platform: 'teams', tenant: '7c1e', user: 'a100' },
        ],
      },
    ])
  })

  test('needs a name alone, whatever the order and the case of its headings', async () => {
    expect(await read('ROLE,name', ',Asha Verity', ',', 'Sponsor,Owen Castell')).toMatchObject([
      { row: 2, name: 'Asha Verity', roles: [], accounts: [], leads: [] },
      { row: 4, name: 'Owen Castell', roles: ['sponsor'] },
    ])
  })

  test('says nothing of a platform whose column it lacks', async () => {
    expect((await parse('Name,Teams', 'Asha Verity,')).platforms).toEqual(['teams'])
    expect((await parse(head)).platforms).toEqual(['slack', 'teams'])
  })

  test.each([
    ['has no name', ',Head of practice,,,,,,', 'row 2: a name is missing'],
    [
      'has a zone that is none',
      'Asha,,,,,,,GMT+1h',
      'row 2: “GMT+1h” is not a zone, such as Europe/London',
    ],
    [
      'has a role that is none',
      'Asha,,lead;boss,,,,,',
      'row 2: “boss” is not a role; roles are lead, sponsor, programme office, viewer',
    ],
    [
      'is a viewer who leads',
      'Asha,,viewer,2.1,,,,',
      'row 2: a viewer leads nothing: give Asha the role lead, or empty Leads',
    ],
    ['has half an account', 'Asha,,,,,U1,,', 'row 2: “U1” is not an account'],
    ['has too much of an account', 'Asha,,,,,,a/b/c,', 'row 2: “a/b/c” is not an account'],
  ])('is refused where a row %s', async (_what, row, words) => {
    const message = await problem(head, row)
    expect(message).toContain('Nothing was changed. Please mend:')
    expect(message).toContain(words)
  })

  test('is refused with every row to mend at once', async () => {
    expect((await problem(head, ',x,,,,,,', 'Asha,,boss,,,U1,,Mars')).split('\n')).toHaveLength(5)
  })

  test('is refused where two people have one account', async () => {
    expect(await problem(head, 'Asha,,,,,T1/U1,,', 'Tom,,,,,T1/U2;T1/U1,,')).toContain(
      'row 3: the account slack T1/U1 stands in row 2 already',
    )
  })

  test('is refused where a name comes twice', async () => {
    expect(await problem(head, 'Tom Reed,,lead,,,,,', 'TOM  Reed,,viewer,,,,,')).toContain(
      'row 3: TOM  Reed stands in row 2 already',
    )
  })

  test('is refused without a heading for the names', async () => {
    expect(await problem('Who,Post', 'Asha,Head')).toContain('begins with a row of headings: name,')
  })
})
