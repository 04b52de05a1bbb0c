import { expect, test } from '@jest/globals'
import { textWithAddresses } from '../../../src/platforms/teams/links.ts'

const html = (content: string) => ({ contentType: 'text/html', content })
const link = (href: string, label: string) => `<a href="${href}" title="${href}">${label}</a>`

test.each([
  [
    'words of its own',
    '1.2 amber See the paper green by 18 Dec',
    `<div>1.2 amber See ${link('https://a.example/p?x=1&amp;y=2', 'the paper')} green by 18 Dec</div>`,
    '1.2 amber See the paper (https://a.example/p?x=1&y=2) green by 18 Dec',
  ],
  [
    'its address as words',
    'done 1.1 1 evidence a.example/rota',
    `done 1.1 1 evidence ${link('http://a.example/rota', 'a.example/rota')}`,
    'done 1.1 1 evidence a.example/rota',
  ],
  [
    'the same words as another',
    'see it and it',
    `see ${link('https://a.example/1', 'it')} and ${link('https://a.example/2', 'it')}`,
    'see it (https://a.example/1) and it (https://a.example/2)',
  ],
  ['no address of the web', 'see it', link('javascript:alert(1)', 'it'), 'see it'],
  ['words that the text does not have', 'see it', link('https://a.example', 'that'), 'see it'],
])('a link with %s', (_, text, content, read) => {
  expect(textWithAddresses(text, [{ contentType: 'image/png' }, html(content)])).toBe(read)
})

test('tags without an end are read in no time', () => {
  expect(textWithAddresses('x', [html('<a href="https://a'.repeat(3_000))])).toBe('x')
})
