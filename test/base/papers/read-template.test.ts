import { describe, expect, test } from '@jest/globals'
import { Document, Packer, Paragraph } from 'docx'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { maxTemplateBytes, readTemplate } from '../../../src/base/papers/read-template.ts'

/** A Word file that an office sends for its papers: what is kept of it, and what is refused. */

const plain = unzipSync(
  await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('{{paper}}')] }] })),
)
const bodyOf = (xml: string) => ({
  'word/document.xml': strToU8(
    `<w:document xmlns:w="w"><w:body><w:p>${xml}</w:p></w:body></w:document>`,
  ),
})
const relation = (type: string, mode = 'External') => ({
  'word/_rels/document.xml.rels': strToU8(
    `<Relationships><Relationship Id="rId9" Type="http://schemas/${type}" Target="http://a.example/x" TargetMode="${mode}"/></Relationships>`,
  ),
})
const typesWith = (type: string) => ({
  '[Content_Types].xml': strToU8(
    `<Types><Override PartName="/word/x" ContentType="${type}"/></Types>`,
  ),
})
const read = (more: Record<string, Uint8Array>) =>
  readTemplate(zipSync({ ...plain, ...more }), 'house.docx')

describe('a Word file for papers', () => {
  test('is kept with all its parts, with links, and without the path of the template it was made from', () => {
    const settings = '<w:settings><w:attachedTemplate r:id="rId1"/><w:zoom/></w:settings>'
    const kept = unzipSync(
      read({
        'word/settings.xml': strToU8(settings),
        'word/_rels/settings.xml.rels': strToU8(
          '<Relationships><Relationship Id="rId1" Type="http://schemas/attachedTemplate" Target="file:///C:/Users/asha/House.dotx" TargetMode="External"/></Relationships>',
        ),
        'word/glossary/_rels/settings.xml.rels': strToU8(
          "<Relationships><Relationship Type='http://schemas/attachedTemplate' Target='file:///C:/Users/asha/House.dotx' TargetMode='External'/></Relationships>",
        ),
        'word/media/logo.png': new Uint8Array([1, 2, 3]),
        ...relation('hyperlink'),
      }),
    )
    expect(Object.keys(kept).toSorted()).toEqual(
      [
        ...new Set([
          ...Object.keys(plain),
          ...['word/media/logo.png', 'word/_rels/settings.xml.rels'],
          'word/glossary/_rels/settings.xml.rels',
        ]),
      ].toSorted(),
    )
    expect(kept['word/media/logo.png']).toEqual(new Uint8Array([1, 2, 3]))
    const all = Object.values(kept)
      .map((part) => strFromU8(part))
      .join('')
    expect(all).not.toMatch(/attachedTemplate|asha/)
    expect(all).toContain('<w:zoom/>')
  })

  test('is kept without the names of those who wrote it, saved it and commented on it', () => {
    const named = {
      'docProps/core.xml':
        '<cp:coreProperties><dc:title>House</dc:title><dc:creator>Asha Verity</dc:creator><cp:lastModifiedBy xml:space="preserve">Verity, Asha</cp:lastModifiedBy></cp:coreProperties>',
      'package/services/metadata/core-properties/1.psmdcp':
        '<coreProperties><dc:creator>Asha Verity</dc:creator></coreProperties>',
      'docProps/app.xml':
        '<Properties><Manager>Asha Verity</Manager><Company>Brightwater</Company></Properties>',
      'docProps/custom.xml':
        '<Properties><property name="Owner"><vt:lpwstr>asha@brightwater.example</vt:lpwstr></property></Properties>',
      'customXml/item1.xml':
        '<p:properties><Owner><UserInfo><DisplayName>Verity, Asha</DisplayName></UserInfo></Owner></p:properties>',
      'word/people.xml':
        '<w15:people><w15:person w15:author="Asha Verity"><w15:presenceInfo w15:userId="asha"/></w15:person></w15:people>',
    }
    const sent = Object.entries(named).map(([path, xml]) => [path, strToU8(xml)] as const)
    const kept = unzipSync(read(Object.fromEntries(sent)))
    const all = Object.keys(named).map((path) => strFromU8(kept[path] ?? new Uint8Array()))
    expect(all.join('')).not.toMatch(/asha|verity/i)
    expect(all.join('')).toContain('<dc:title>House</dc:title><dc:creator></dc:creator>')
    expect(all.join('')).toContain('<Company>Brightwater</Company>')
  })

  test.each<[string, Record<string, Uint8Array>, string]>([
    ['macros', typesWith('application/vnd.ms-office.vbaProject'), 'has macros'],
    ['macros under another name', relation('vbaProject', 'Internal'), 'has macros'],
    [
      'a template of Word’s own',
      typesWith('application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml'),
      'is a Word template (.dotx)',
    ],
    ['an embedded file', relation('oleObject', 'Internal'), 'of another program'],
    ['another document in it', relation('aFChunk', 'Internal'), 'of another program'],
    ['a picture that is linked', relation('image'), 'fetches from elsewhere'],
    [
      'a template of elsewhere, where Word does not keep it',
      relation('attachedTemplate'),
      'fetches from elsewhere',
    ],
    [
      'a field in pieces that reads a file',
      bodyOf(
        '<w:r><w:fldChar/><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "c:\\x"</w:instrText><w:fldChar/></w:r>',
      ),
      'fetches from elsewhere',
    ],
    [
      'a field that starts a program',
      bodyOf('<w:fldSimple w:instr="DDEAUTO cmd"/>'),
      'fetches from elsewhere',
    ],
    [
      'a comment',
      { 'word/comments.xml': strToU8('<w:comments><w:comment/></w:comments>') },
      'has comments',
    ],
    ['a tracked change', bodyOf('<w:del w:author="Asha"/>'), 'has tracked changes'],
    [
      'XML that declares entities',
      { 'word/document.xml': strToU8('<!DOCTYPE x [<!ENTITY a "a">]><w:document/>') },
      'has a part that I cannot read (word/document.xml)',
    ],
  ])('with %s is refused in words', (_, more, why) => {
    expect(() => read(more)).toThrow(why)
  })

  test('that is no Word file, is too large or unpacks to more than 50 MB is refused in words', () => {
    const notRead = 'house.docx is no Word file that I can read'
    expect(() => readTemplate(Buffer.from('Dear all'), 'house.docx')).toThrow(notRead)
    expect(() => readTemplate(zipSync({ a: new Uint8Array(1) }), 'house.docx')).toThrow(notRead)
    const bomb = zipSync({ ...plain, 'word/x.bin': new Uint8Array(51 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(maxTemplateBytes)
    expect(() => readTemplate(bomb, 'house.docx')).toThrow(notRead)
    expect(() => readTemplate(new Uint8Array(maxTemplateBytes + 1), 'house.docx')).toThrow(
      'house.docx is larger than 4 MB',
    )
  })
})
