import { createServer } from 'node:http'
import { escapeMarkup } from './escape.ts'
import { PAGE_POLICY } from './guard.ts'

/** The page of a playground that cannot start, because another one uses its data. */

/** Two on the same data would both send its messages, and move the same clock. `holder`: the other's name, '' if unknown. */
export function heldText(holder: string): string {
  return (
    `Another playground is using this data${holder ? `: the ${holder}` : ''}. Open that one, or start this one with data ` +
    'of its own: MILEPOST_DATA_DIR=./another npm start. Nothing was changed.'
  )
}

export interface HeldPage {
  readonly url: string
  close(): Promise<void>
}

/** Says so at the address where people look for this playground. @throws Error where that address is taken */
export async function serveHeldPage(
  holder: string,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HeldPage> {
  const server = createServer((_request, response) => {
    response.writeHead(503, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PAGE_POLICY,
      'cache-control': 'no-store',
    })
    response.end(pageOf(holder))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const shownPort = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${host}:${shownPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function pageOf(holder: string): string {
  const [address] = /https?:\/\/\S+/.exec(holder) ?? []
  const link = address
    ? `<p><a href="${escapeMarkup(address).replaceAll('"', '&quot;')}">Open the other playground</a></p>`
    : ''
  return `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Milepost playground: its data is in use</title>
    <link rel="icon" href="data:," />
  </head>
  <body>
    <main>
      <h1>Milepost playground</h1>
      <p>${escapeMarkup(heldText(holder))}</p>
      ${link}
    </main>
  </body>
</html>
`
}
