import { describe, expect, test } from '@jest/globals'
import { textWithoutMentions } from '../../../src/platforms/teams/mentions.ts'

const BOT = '28:milepost'
const bot = { text: '<at>Milepost</at>', mentioned: { id: BOT, name: 'Milepost' } }
const sam = { text: '<at>Sam O&apos;Neil</at>', mentioned: { id: '29:sam', name: "Sam O'Neil" } }

describe('what a person wrote', () => {
  test.each([
    ['a mention at the front', '<at>Milepost</at> 2.1 amber', [bot], '2.1 amber'],
    ['a mention at the end', '2.1 green <at>Milepost</at>', [bot], '2.1 green'],
    ['a mention in the middle', 'please <at>Milepost</at> help', [bot], 'please help'],
    ['two mentions', '<at>Milepost</at> help <at>Milepost</at>', [bot, bot], 'help'],
    ['a no-break space', '<at>Milepost</at>&nbsp;2.1\u00a0amber', [bot], '2.1 amber'],
    ['a tag with an id', '<at id="0">Milepost</at> help', [bot], 'help'],
    [
      'somebody else',
      '<at>Milepost</at> ask <at>Sam O&apos;Neil</at>',
      [bot, sam],
      "ask Sam O'Neil",
    ],
    [
      'a namesake',
      'ask <at>Milepost</at>',
      [{ ...bot, mentioned: { id: '29:x', name: 'Milepost' } }],
      'ask Milepost',
    ],
    ['no mention', '2.1 amber', [], '2.1 amber'],
    [
      'entities',
      'costs &amp; &lt;delays&gt; &#8364;5 &#x2014; &quot;so&quot;',
      [],
      'costs & <delays> €5 — "so"',
    ],
    ['a typed tag', '&lt;at&gt;Milepost&lt;/at&gt;', [bot], '<at>Milepost</at>'],
    ['what is no entity', 'R&D; fish&chips &unknown; &#0;', [], 'R&D; fish&chips &unknown; &#0;'],
    ['angle brackets', 'a < b <c>', [], 'a < b <c>'],
    ['lines', '  amber\r\nthe  builder left ', [], 'amber\nthe builder left'],
    ['the name as the help shows it, typed', '@Milepost help', [], 'help'],
    ['a mention and the name', '<at>Milepost</at> @milepost, 2.1 green', [bot], '2.1 green'],
    ['the name of somebody else', '@Mileposts help', [], '@Mileposts help'],
    ['only a mention', '<at>Milepost</at>', [bot], ''],
  ])('%s', (_, text, mentions, expected) => {
    expect(textWithoutMentions(text, mentions, BOT)).toBe(expected)
  })
})
