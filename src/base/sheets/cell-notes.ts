/** What stands beside the cells of a sheet: notes, and addresses of links (ECMA-376, part 1: 18.7, 18.3.1.47). */
import { collapseWhitespace, shorten } from '../text.ts'
import { parseXml } from './parse-xml.ts'

export interface BesideCell {
  /** "C4" */
  readonly place: string
  readonly text: string
}

const cellPlace = /^[A-Z]{1,3}[1-9]\d{0,6}$/
/** Of one sheet; those behind it are not read. */
const maxNotes = 2_000
/** In characters. */
const [maxNote, maxAddress] = [1_000, 2_000]

/** What Excel writes before the first words of a conversation, for versions that know none. */
const threadNotice = /^\[Threaded comment\].*?Comment:\s*/s

/** The notes of a part "comments1.xml". @throws Error for XML that is not well formed */
export function readNotes(xml: string): BesideCell[] {
  const notes: BesideCell[] = []
  let place: string | undefined
  let text = ''
  let inText = false
  parseXml(xml, {
    open(element, attributesOf, stop) {
      if (notes.length >= maxNotes) stop()
      if (element === 'comment') [place, text] = [attributesOf().ref, '']
      inText = element === 't'
    },
    text(part) {
      if (inText && text.length <= maxNote * 2) text += part
    },
    close(element) {
      if (element === 't') inText = false
      if (element !== 'comment' || place === undefined || !cellPlace.test(place)) return
      const note = shorten(collapseWhitespace(text.replace(threadNotice, '')), maxNote)
      if (note !== '') notes.push({ place, text: note })
      place = undefined
    },
  })
  return notes
}

/** The web addresses to which cells lead: of links, and of formulas HYPERLINK("…"). `targets`: by a relation's id. */
export function readLinks(sheetXml: string, targets: ReadonlyMap<string, string>): BesideCell[] {
  if (!/hyperlink/i.test(sheetXml)) return []
  const links: BesideCell[] = []
  let [place, formula] = ['', '']
  let inFormula = false
  const add = (text: string) => {
    const isAddress = /^https?:\/\/\S+$/i.test(text) && text.length <= maxAddress
    if (isAddress && cellPlace.test(place)) links.push({ place, text })
  }
  parseXml(sheetXml, {
    open(element, attributesOf, stop) {
      if (links.length >= maxNotes) stop()
      if (element === 'c') [place, formula] = [attributesOf().r ?? '', '']
      inFormula = element === 'f'
      if (element !== 'hyperlink') return
      const { ref = '', id = '' } = attributesOf()
      place = ref.split(':')[0] ?? ''
      add(targets.get(id) ?? '')
    },
    text(part) {
      if (inFormula && formula.length <= maxAddress) formula += part
    },
    close(element) {
      if (element !== 'f') return
      inFormula = false
      add(/^HYPERLINK\("(?<address>[^"]*)"/i.exec(formula.trim())?.groups?.address ?? '')
    },
  })
  return links
}

/** The texts of a part "sharedStrings.xml" of which a part is struck out, by their place in it. */
export function readStruckStrings(xml: string): ReadonlyMap<number, string> {
  const struck = new Map<number, string>()
  if (!xml.includes('strike')) return struck
  let at = -1
  let [isStruck, inText] = [false, false]
  parseXml(xml, {
    open(element, attributesOf) {
      if (element === 'si') at += 1
      if (element === 'r') isStruck = false
      if (element === 'strike') isStruck = !['0', 'false'].includes(attributesOf().val ?? '1')
      inText = element === 't'
    },
    text(part) {
      if (inText && isStruck) struck.set(at, `${struck.get(at) ?? ''}${part}`.slice(0, maxNote))
    },
    close(element) {
      if (element === 't') inText = false
      if (element === 'r') isStruck = false
    },
  })
  return struck
}
