import { expect, test } from '@jest/globals'
import { serveHeldPage } from '../../src/playground/held-page.ts'

test('a playground whose data another one holds says so on its page, with the way to the other', async () => {
  const page = await serveHeldPage('playground at http://127.0.0.1:3000', {
    ...{ host: '127.0.0.1', port: 0 },
  })
  const response = await fetch(page.url)
  const html = await response.text()
  expect(response.status).toBe(503)
  expect(html).toContain('Another playground is using this data')
  expect(html).toContain('Nothing was changed.')
  expect(html).toContain('<a href="http://127.0.0.1:3000">Open the other playground</a>')
  const port = Number(new URL(page.url).port)
  await expect(serveHeldPage('', { host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE')
  await page.close()
})

test('a name that is no address is shown as text, and leads nowhere', async () => {
  const page = await serveHeldPage('<script>alert(1)</script>', { host: '127.0.0.1', port: 0 })
  const html = await (await fetch(page.url)).text()
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toMatch(/<script|<a /)
  await page.close()
})
