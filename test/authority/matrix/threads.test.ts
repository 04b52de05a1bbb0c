import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { askOnce } from './ask.ts'
import { useStage } from './stage.ts'

const stage = useStage()

test('a question asked as if from another programme’s digest is answered to the person who asked alone', async () => {
  const { db, cast, changes } = stage.current
  const { north, south, askers } = cast
  const text = (line: string) => ({ by: 'text', text: line }) as const
  await askOnce(db, askers.viewer, {
    input: { by: 'form', verb: 'ask', args: { project: north.things.project, text: 'Who pays?' } },
    at: { message: south.things.digest },
  })
  await askOnce(db, askers.lead, {
    input: text(`reply ${north.things.key}/2 The council`),
    at: undefined,
  })
  const sent = (await changes.undo()).filter(
    ({ table, before }) => table === 'OutboxMessage' && before === null,
  )
  const answers = sent.map(({ after }) =>
    z.object({ kind: z.string(), conversation: z.string() }).parse(after),
  )
  expect(answers.filter(({ kind }) => kind === 'answer')).toEqual([
    { kind: 'answer', conversation: askers.viewer.place.conversation },
  ])
})
