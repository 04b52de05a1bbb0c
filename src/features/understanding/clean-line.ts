/** What platforms and keyboards put around a line, before its words are read. All of it takes time by the line's length. */

const entities: Readonly<Record<string, string>> = {
  ...{ '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'", '&apos;': "'" },
  '&nbsp;': ' ',
}

const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g
const openingMarks = /^(?:[>•◦▪●*\-–—_~`]+\s+)+/
/** *bold*, _italic_, ~struck~ and `code` around a whole line, as Slack and Teams write them. */
const emphasis = /^([*_~`])([^*_~`]+)\1$/

/** The same around a word or two within it. Underscores stand within addresses and names, so they stay. */
const emphasisWithin =
  /(?<=^|[\s(])([*~`])([^\s*~`](?:[^*~`]{0,60}[^\s*~`])?)\1(?=$|[\s.,;:!?)–—-])/g

/** One line without what the platform or the keyboard put around its words. */
export function cleanLine(line: string): string {
  const plain = line
    .replace(/&(?:lt|gt|amp|quot|apos|nbsp|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(invisible, '')
    .replace(/[‘’‚′]/g, "'")
    .replace(/[“”„″]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
  const open = plain.replace(openingMarks, '')
  return open.replace(emphasis, '$2').replace(emphasisWithin, '$2').trim()
}

const botName = /^(?:<at>[^<]*<\/at>|@?milepost\b)[\s,:]*/i
const command = /^\/\s?rag\b[\s:]*/i
const greeting =
  /^(?:hi|hello|hey|hiya|dear|morning|afternoon|good (?:morning|afternoon|evening))\b(?: (?:milepost|there|all|team|bot))?\s*[,.!:-]*\s+(?=\S)/i
const courtesy =
  /^(?:please|pls|kindly|(?:please )?(?:can|could|would) you(?: please)?|i(?:'d| would) like (?:you )?to|i want (?:you )?to|i need to|let me|just)\b[\s,]*/i
const thanksAtEnd = /(?<![\s,.!-])[\s,.!-]+(?:please|pls|thanks|thank you|thx|ta|cheers)[\s.!]*$/i

/** The line without the words that address somebody: "Hi Milepost, please … thanks". Empty where nothing is left. */
export function withoutAddress(line: string): string {
  let rest = line
  for (const opening of [botName, command, greeting, botName, courtesy, courtesy]) {
    rest = rest.replace(opening, '')
  }
  return rest.replace(thanksAtEnd, '').trim().replace(emphasis, '$2').trim()
}
