import {
  collectAttributes,
  definePlanAttribute,
} from '../../src/domain/plan/attributes/attribute.ts'
import { planAttributes } from '../../src/domain/plan/attributes/registry.ts'

/** An attribute that Milepost does not have: the tests hand it in, so that they show all that a new one needs. */
const toll = definePlanAttribute({
  key: 'toll',
  column: 'Toll',
  headings: ['toll paid', 'bridge toll'],
  noun: 'amount',
  example: '40000',
  parse: (text) => {
    const figures = text.replaceAll(/[£,\s]/g, '')
    if (/^\d+$/.test(figures)) return { value: figures, problem: null }
    const problem = /^-/.test(figures) ? 'An amount is not below nothing.' : null
    return { value: null, problem }
  },
  format: (value) => `£${Number(value).toLocaleString('en-GB')}`,
})

export const withToll = collectAttributes([...planAttributes, toll])
