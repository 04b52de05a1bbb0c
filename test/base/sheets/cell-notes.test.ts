import { describe, expect, test } from '@jest/globals'
import { readLinks, readNotes, readStruckStrings } from '../../../src/base/sheets/cell-notes.ts'

describe('what stands beside cells', () => {
  test('notes, without what Excel writes before a conversation', () => {
    const thread =
      '[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    Ask the school'
    const xml = `<comments><commentList>
      <comment ref="C4"><text><r><t>Priya: </t></r><r><t>waiting</t></r></text></comment>
      <comment ref="D5"><text><t>${thread}</t></text></comment>
      <comment ref="nowhere"><text><t>lost</t></text></comment>
      <comment ref="E6"><text><t> </t></text></comment>
    </commentList></comments>`
    expect(readNotes(xml)).toEqual([
      { place: 'C4', text: 'Priya: waiting' },
      { place: 'D5', text: 'Ask the school' },
    ])
  })

  test('long notes are cut, and of very many the first are read', () => {
    const one = `<comment ref="A1"><text><t>${'x'.repeat(5_000)}</t></text></comment>`
    const notes = readNotes(`<comments>${one.repeat(2_100)}</comments>`)
    expect(notes.length).toBe(2_000)
    expect(notes[0]?.text.length).toBeLessThanOrEqual(1_000)
  })

  test('web addresses of links and formulas; no other address', () => {
    const xml = `<worksheet><c r="B2"><f>HYPERLINK("https://example.org/plan","Plan")</f><v>Plan</v></c>
      <hyperlinks><hyperlink ref="C3:C4" r:id="rId1"/><hyperlink ref="D4" r:id="rId2"/><hyperlink ref="E5" location="Sheet2!A1"/></hyperlinks></worksheet>`
    const targets = new Map([
      ['rId1', 'https://example.org/paper'],
      ['rId2', 'mailto:lee@example.org'],
    ])
    expect(readLinks(xml, targets)).toEqual([
      { place: 'B2', text: 'https://example.org/plan' },
      { place: 'C3', text: 'https://example.org/paper' },
    ])
  })

  test('shared texts of which a part is struck out', () => {
    const xml = `<sst><si><t>plain</t></si>
      <si><r><rPr><strike/></rPr><t>31 Jan </t></r><r><t>31 Mar</t></r></si>
      <si><r><rPr><strike val="0"/></rPr><t>kept</t></r></si></sst>`
    expect([...readStruckStrings(xml)]).toEqual([[1, '31 Jan ']])
  })
})
