import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startHttpServer } from '../../../src/app/http.ts'
import { loadPublicPages } from '../../../src/app/pages/public-pages.ts'
import { renderPage } from '../../../src/app/pages/render-page.ts'
import { servePages } from '../../../src/app/pages/serve-pages.ts'
import { Refusal } from '../../../src/base/errors.ts'

const ours = { privacyFile: undefined, termsFile: undefined }
const log = { info: () => {}, warn: () => {}, error: () => {} }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milepost-pages-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('a page for everybody', () => {
  test.each([
    ['# Privacy\n\nWe keep\nlittle.', '<h1>Privacy</h1>\n<p>We keep little.</p>'],
    [
      '## Why\r\n\r\n- one\r\n  and more\r\n- two',
      '<h2>Why</h2>\n<ul><li>one and more</li><li>two</li></ul>',
    ],
    ['<script>a & "b"</script>', '<p>&lt;script&gt;a &amp; &quot;b&quot;&lt;/script&gt;</p>'],
    [
      'See https://council.example/data?a=1&b=2.',
      '<p>See <a href="https://council.example/data?a=1&amp;b=2">https://council.example/data?a=1&amp;b=2</a>.</p>',
    ],
    [
      'javascript:alert(1) http://council.example',
      '<p>javascript:alert(1) http://council.example</p>',
    ],
  ])('shows %j', (text, html) => {
    expect(renderPage(text)).toContain(`<main>\n${html}\n</main>`)
  })

  test('is titled by its first heading', () => {
    expect(renderPage('# Your data\n\nText')).toContain('<title>Your data – Milepost</title>')
    expect(renderPage('Text')).toContain('<title>Milepost – Milepost</title>')
  })
})

describe('/privacy and /terms', () => {
  async function fetchPages(files: Parameters<typeof loadPublicPages>[0]) {
    const server = await startHttpServer({
      ...{ host: '127.0.0.1', port: 0, routes: [], log },
      extraRouters: [servePages(await loadPublicPages(files))],
      readiness: async () => ({ isReady: true, details: [] }),
    })
    try {
      const responses = await Promise.all(
        ['/privacy', '/terms'].map((path) => fetch(`${server.url}${path}`)),
      )
      const texts = await Promise.all(responses.map((response) => response.text()))
      return { texts, headers: responses.map((response) => response.headers) }
    } finally {
      await server.close()
    }
  }

  test('come with Milepost, and load and run nothing', async () => {
    const { texts, headers } = await fetchPages(ours)
    expect(texts[0]).toContain('<h1>Privacy</h1>')
    expect(texts[1]).toContain('<h1>Terms of use</h1>')
    for (const one of headers) {
      expect(one.get('content-type')).toBe('text/html; charset=utf-8')
      expect(one.get('content-security-policy')).toContain("default-src 'none'")
      expect(one.get('set-cookie')).toBeNull()
    }
  })

  test('are the organisation’s own where it gives a file', async () => {
    const privacyFile = join(folder, 'privacy.txt')
    await writeFile(privacyFile, '# Our privacy notice\n\nAsk dpo@council.example.')
    const { texts } = await fetchPages({ ...ours, privacyFile })
    expect(texts[0]).toContain('<p>Ask dpo@council.example.</p>')
    expect(texts[1]).toContain('<h1>Terms of use</h1>')
  })

  test('stop the start where that file is not there, and say which setting', async () => {
    const loaded = loadPublicPages({ ...ours, termsFile: join(folder, 'none.txt') })
    await expect(loaded).rejects.toThrow(Refusal)
    await expect(loaded).rejects.toThrow(/TERMS_FILE cannot be read .*leave it empty/)
  })
})
