import { expect, test } from '@jest/globals'
import { conditionalFills, unclearFill } from '../../../src/base/sheets/conditional-formats.ts'
import { ruleXml, type TestRule } from './workbook-builder.ts'

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const fillsOf = (rules: readonly TestRule[], rows: string[][]) => {
  const { sheet, styles } = ruleXml(rules)
  return conditionalFills(
    `<worksheet ${main}>${sheet}</worksheet>`,
    `<styleSheet ${main}>${styles}</styleSheet>`,
    rows,
  )
}
const rule = (attributes: string, formulas: string[], fill?: string, area = 'B2:B9'): TestRule => ({
  ...{ area, attributes, formulas },
  ...(fill === undefined ? {} : { fill }),
})
const is = (operator: string) => `type="cellIs" operator="${operator}"`
const contains = (text: string) => `type="containsText" operator="containsText" text="${text}"`

const red = 'C00000'
test.each<[string, TestRule[], string, string | undefined]>([
  ['a text', [rule(is('equal'), ['"Red"'], red)], 'RED', red],
  ['another text', [rule(is('equal'), ['"Red"'], red)], 'Amber', undefined],
  ['a number', [rule(is('equal'), ['1'], red)], '1', red],
  ['a number or a text', [rule(is('equal'), ['"1"'], red)], '1', unclearFill],
  ['more', [rule(is('greaterThan'), ['3'], red)], '4', red],
  ['not more', [rule(is('greaterThan'), ['3'], red)], '3', undefined],
  ['a text is no number', [rule(is('greaterThan'), ['3'], red)], 'late', undefined],
  ['between', [rule(is('between'), ['0.5', '0.8'], red)], '60%', red],
  ['outside', [rule(is('notBetween'), ['2', '4'], red)], '5', red],
  ['other than', [rule(is('notEqual'), ['"Green"'], red)], '7', red],
  [
    'part of a text',
    [rule(contains('red'), ['NOT(ISERROR(SEARCH("red",B2)))'], red)],
    'A Red',
    red,
  ],
  ['a beginning', [rule('type="beginsWith" text="R"', [], red)], 'Red', red],
  ['nothing', [rule('type="containsBlanks"', ['LEN(TRIM(B2))=0'], red)], '', red],
  ['a cell beside it', [rule('type="expression"', ['$A2="Late"'], red)], '', red],
  ['a cell above', [rule('type="expression"', ['$B$1="RAG"'], red)], 'x', red],
  [
    'the first that holds',
    [rule(is('equal'), ['2'], red), rule(is('equal'), ['2'], 'FFC000')],
    '2',
    red,
  ],
  ['one without colour', [rule(is('equal'), ['2']), rule(is('equal'), ['2'], red)], '2', red],
  ['a cell of another sheet', [rule(is('equal'), ['Key!$A$1'], red)], 'Red', unclearFill],
  ['a function', [rule('type="expression"', ['AND(B2>1,TODAY()>A2)'], red)], '2', unclearFill],
  ['a scale of colours', [rule('type="colorScale"', [])], '2', unclearFill],
  ['icons beside it', [rule('type="iconSet"', [])], '2', undefined],
  ['outside its area', [rule(is('equal'), ['1'], red, 'C2:C9 B4')], '1', undefined],
])('a rule of colours: %s', (_, rules, cell, fill) => {
  const fills = fillsOf(rules, [
    ['Status', 'RAG'],
    ['Late', cell],
  ])
  expect(fills[1]?.[1]).toBe(fill)
})

test('blank rows that a rule reaches stay blank', () => {
  expect(
    fillsOf(
      [rule('type="containsBlanks"', [], red)],
      [
        ['Status', 'RAG'],
        ['', ''],
      ],
    ),
  ).toEqual([])
})
