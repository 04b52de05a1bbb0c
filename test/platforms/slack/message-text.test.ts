import { describe, expect, test } from '@jest/globals'
import { answered, openWorkplace } from './open-workplace.ts'
import { AMINA, GENERAL, type SlackWorkplace } from './slack-workplace.ts'

describe('what is typed', () => {
  test.each<[string, (place: SlackWorkplace, text: string) => Promise<unknown>]>([
    [
      'with the command',
      ({ workspace }, text) => workspace.slashCommand(AMINA, GENERAL, '/rag', text),
    ],
    ['in a direct message', ({ workspace }, text) => workspace.message(AMINA, text)],
    ['in a mention', ({ workspace }, text) => workspace.mention(AMINA, GENERAL, text)],
  ])('%s arrives as it was typed', async (_name, type) => {
    const place = await openWorkplace(() => answered('Understood'))
    await type(place, '2.1 red R&amp;D &lt;late&gt; “see” <https://a.example/x|a.example/x>')
    await place.sees('Understood')
    expect(place.requests[0]?.input).toEqual({
      by: 'text',
      text: '2.1 red R&D <late> “see” a.example/x',
    })
  })
})
