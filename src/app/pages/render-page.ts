/**
 * A text as a web page that needs nothing else: headings (#, ##), lists (-) and paragraphs. Everything in it is text:
 * what looks like HTML is shown, and an https:// address becomes a link.
 */
export function renderPage(text: string): string {
  const blocks = text
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n\s*\n/)
  const title = blocks.find((block) => block.startsWith('# '))?.slice(2) ?? 'Milepost'
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)} – Milepost</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...blocks.map(renderBlock),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const style =
  'body{font:1.125rem/1.6 system-ui,sans-serif;margin:2rem auto;max-width:42rem;padding:0 1rem}' +
  'h1,h2{line-height:1.2}'

function renderBlock(block: string): string {
  const heading = /^(##?) (.+)$/.exec(block)
  if (heading) {
    const [, marks = '', words = ''] = heading
    return `<h${marks.length}>${renderWords(words)}</h${marks.length}>`
  }
  if (!block.startsWith('- ')) return `<p>${renderWords(block)}</p>`
  const items = block.slice(2).split(/\n- /)
  return `<ul>${items.map((item) => `<li>${renderWords(item)}</li>`).join('')}</ul>`
}

function renderWords(words: string): string {
  return escapeHtml(words.replaceAll(/\s*\n\s*/g, ' ')).replaceAll(
    /https:\/\/[^\s<>"]*[\w/]/g,
    (address) => `<a href="${address}">${address}</a>`,
  )
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
