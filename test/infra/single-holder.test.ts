import { expect, test } from '@jest/globals'
import { holdAlone } from '../../src/infra/single-holder.ts'
import { useDatabase } from '../support/database.ts'

const fresh = useDatabase()

test('one holds the data at a time; the next is told who does, and has it when that one is gone', async () => {
  const first = await holdAlone(fresh.url, 'playground at http://127.0.0.1:3000')
  if ('heldBy' in first) throw new Error('Nobody else can hold it.')
  expect(await holdAlone(fresh.url, 'another')).toEqual({
    heldBy: 'playground at http://127.0.0.1:3000',
  })
  await first()
  const next = await holdAlone(fresh.url, 'another')
  expect(next).toBeInstanceOf(Function)
  if (!('heldBy' in next)) await next()
})
