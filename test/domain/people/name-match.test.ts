import { describe, expect, test } from '@jest/globals'
import { type MatchableMember, matchNames } from '../../../src/domain/people/name-match.ts'
import { isPostName, nameWords } from '../../../src/domain/people/name-words.ts'

describe('the words of a name', () => {
  test.each([
    ['Asha Verity', 'asha verity'],
    ['Verity, Asha', 'asha verity'],
    ['VERITY, Asha (she/her)', 'asha verity'],
    ['Verity, Asha - Children’s Services', 'asha verity'],
    ['Asha Verity | Learning and Skills', 'asha verity'],
    ['Dr Asha Verity', 'asha verity'],
    ['Cllr. B. Okoro', 'b okoro'],
    ['Asha Verity, OBE', 'asha verity'],
    ['Asha Verity MBE', 'asha verity'],
    ['Zoë Brontë-Łukasik', 'zoe bronte lukasik'],
    ['Siobhán O’Brien', 'siobhan obrien'],
    ['J.P. Moss', 'j p moss'],
    ['  Asha   Verity ', 'asha verity'],
    ['Miss', 'miss'],
    ['', ''],
  ])('of %j', (name, words) => {
    expect(nameWords(name).join(' ')).toBe(words)
  })
})

describe('an owner is a post, a team or a gap', () => {
  test.each([
    'AD Children’s Services',
    'Head of Inclusion',
    'Director of Children’s Services',
    'Programme Office',
    'Team Manager (East)',
    'TBC',
    'All',
    'Vacant',
    'Early Help Service',
  ])('%s', (name) => {
    expect(isPostName(name)).toBe(true)
  })

  test.each(['Asha Verity', 'Asha Head', 'Moss, Cai', 'Hope Okoro', 'Will Quill'])(
    'and not %s',
    (name) => {
      expect(isPostName(name)).toBe(false)
    },
  )
})

const member = (
  name: string,
  more: Partial<MatchableMember> & { readonly called?: string } = {},
): MatchableMember & { readonly id: string } => ({
  id: name,
  names: [name, ...(more.called ? [more.called] : [])],
  isEmployee: true,
  ...more,
})

const workspace = [
  member('Asha Verity', { called: 'asha', email: 'asha.verity@council.example' }),
  member('Benjamin Okoro', { called: 'ben' }),
  member('Cai Moss'),
  member('Cai Lindqvist'),
  member('Zoë Brontë-Hill'),
  member('Annemarie Quill'),
  member('Siobhan O’Brien'),
  member('Sam Marsh', { email: 'sam.marsh@council.example' }),
  member('Sam Marsh', { email: 's.marsh2@council.example' }),
  member('Moll', { email: 'margaret.oduya@council.example' }),
  member('Dan Jacob Ferro'),
  member('Robert Thwaite', { title: 'Head of Inclusion' }),
  member('Gita Prior', { isEmployee: false }),
]

function matchOf(name: string): string {
  const [match] = matchNames([{ id: 'p1', name }], workspace)
  if (!match) throw new Error('No match was given')
  if (match.kind === 'none') return match.isPost ? 'a post' : 'none'
  if (match.kind === 'several') return `several: ${match.members.map(({ id }) => id).join(', ')}`
  return `${match.kind}: ${match.member.id}`
}

describe('an owner’s name in a workspace', () => {
  test.each([
    ['Asha Verity', 'certain: Asha Verity'],
    ['Verity, Asha', 'certain: Asha Verity'],
    ['Dr. Asha VERITY (she/her)', 'certain: Asha Verity'],
    ['asha.verity@council.example', 'certain: Asha Verity'],
    ['Zoe Bronte Hill', 'certain: Zoë Brontë-Hill'],
    ['Anne-Marie Quill', 'certain: Annemarie Quill'],
    ["Siobhán O'Brien", 'certain: Siobhan O’Brien'],
    ['Margaret Oduya', 'certain: Moll'],
    ['Verity Asha', 'likely: Asha Verity'],
    ['A Verity', 'likely: Asha Verity'],
    ['A. Verity', 'likely: Asha Verity'],
    ['Asha V', 'likely: Asha Verity'],
    ['Asha Jane Verity', 'likely: Asha Verity'],
    ['AV', 'likely: Asha Verity'],
    ['Ben Okoro', 'likely: Benjamin Okoro'],
    ['Bob Thwaite', 'likely: Robert Thwaite'],
    ['Dan Ferro', 'likely: Dan Jacob Ferro'],
    ['Asha Veritty', 'likely: Asha Verity'],
    ['Asha', 'likely: Asha Verity'],
    ['Okoro', 'likely: Benjamin Okoro'],
    ['Head of Inclusion', 'likely: Robert Thwaite'],
    ['Gita Prior', 'likely: Gita Prior'],
    ['Cai', 'several: Cai Moss, Cai Lindqvist'],
    ['Sam Marsh', 'several: Sam Marsh, Sam Marsh'],
    ['Priya Marlowe', 'none'],
    ['A B', 'none'],
    ['Verity Moss', 'none'],
    ['', 'none'],
    ['AD Children’s Services', 'a post'],
    ['TBC', 'a post'],
  ])('%j is %s', (name, match) => {
    expect(matchOf(name)).toBe(match)
  })

  test('that two owners have is certain for neither', () => {
    const owners = [
      { id: 'p1', name: 'Asha Verity' },
      { id: 'p2', name: 'Verity, Asha' },
    ]
    expect(matchNames(owners, workspace).map(({ kind }) => kind)).toEqual(['likely', 'likely'])
  })
})
