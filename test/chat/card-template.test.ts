import { expect, test } from '@jest/globals'
import { compileTemplate } from '../../src/chat/card-template.ts'

/** An expression of a template: no template of TypeScript's. */
const said = (expression: string) => `$${'{'}${expression}}`
const filled = (text: string, data: unknown) => compileTemplate({ text })(data)

test.each([
  [said('title'), { title: 'Rota' }, 'Rota'],
  [said('count'), { count: 3 }, 3],
  [said('rows'), { rows: [{ a: 1 }] }, [{ a: 1 }]],
  [said('row.title'), { row: { title: 'Rota' } }, 'Rota'],
  [`⚠ ${said('title')}, ${said('n')} of 4`, { title: 'Rota', n: 3 }, '⚠ Rota, 3 of 4'],
  [said('title'), {}, said('title')],
  [`⚠ ${said('row.title')}`, { row: null }, `⚠ ${said('row.title')}`],
  [said('title'), { title: said('heading'), heading: 'x' }, said('heading')],
  [said('constructor'), {}, said('constructor')],
  [said("join(lines, '} ')"), { lines: ['a', 'b'] }, 'a} b'],
  [said("join(foreach(rows, row, row.id), '; ')"), { rows: [{ id: 1 }, { id: 2 }] }, '1; 2'],
  [said("if($index > 0, 'more', 'first')"), {}, 'first'],
  [said("if(long, 'yes', '')"), { long: true }, 'yes'],
  ['no expression', {}, 'no expression'],
])('%s of %j is %j', (text, data, value) => {
  expect(filled(text, data)).toEqual({ text: value })
})

test.each([
  ["kind == 'risk' || kind == 'issue'", { kind: 'issue' }, true],
  ["long && kind != 'risk'", { long: true, kind: 'risk' }, false],
  ["kind == 'a' || long && kind == 'b'", { kind: 'a', long: false }, true],
  ['!long', { long: false }, true],
  ['count(rows) > 1', { rows: [1, 2] }, true],
  ['count(rows) > 0', {}, false],
  ['count(rows) == 0', {}, false],
  ['count(rows) == 0', { rows: [] }, true],
  ['last != null', { last: null }, false],
  ['exists(picture)', { picture: {} }, true],
  ['exists(picture)', {}, false],
  ['title', { title: 'a text is no condition' }, false],
])('a part is there when %s of %j: %j', (when, data, isThere) => {
  const card = { body: [{ $when: said(when), type: 'TextBlock' }] }
  expect(compileTemplate(card)(data)).toEqual({ body: isThere ? [{ type: 'TextBlock' }] : [] })
})

test('a part is repeated for each of a list, knows its place in it, and sees all of the data as $root', () => {
  const card = {
    rows: [
      { $data: said('rows'), $when: said("id != 'b'"), text: `${said('$index')} ${said('id')}` },
      { $data: said('names'), text: `${said('$data')} of ${said('$root.title')}` },
      { $data: said('one'), text: said('id') },
    ],
  }
  const data = { title: 'T', rows: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], names: ['n'], one: {} }
  expect(compileTemplate(card)({ ...data, one: { id: 'd' } })).toEqual({
    rows: [{ text: '0 a' }, { text: '2 c' }, { text: 'n of T' }, { text: 'd' }],
  })
})

test.each([
  ['formatNumber(n)', 'there is no function “formatNumber”'],
  ['toString(n)', 'there is no function “toString”'],
  ['count(rows', '“)” is missing before “its end”'],
  ['a b', '“b” is one too many'],
  ['a ==', 'something is missing at its end'],
  ['a + b', '“+” is one too many'],
  ['== a', '“==” is not expected there'],
])('a template that says %s is refused: %s', (expression, why) => {
  expect(() => compileTemplate({ text: said(expression) })).toThrow(
    `A card's template cannot say ${said(expression)}: ${why}.`,
  )
})

test('a condition that is none is refused', () => {
  expect(() => compileTemplate({ $when: 'sometimes' })).toThrow('has no condition in “sometimes”')
})
