import { plural } from '../../base/text.ts'

/** What changed within a value of the stored settings, for people: pure, whatever the setting. */

/** "by: assurance, was off", "added: 16 Mar 2017 Cabinet"; more than a few are counted. */
export function formatValueChange(from: unknown, to: unknown): string {
  const texts = changesWithin([], from, to)
  const more = texts.length - maxTexts
  const shown = texts.slice(0, maxTexts).join('; ')
  return more > 0 ? `${shown}; and ${plural(more, 'more change')}` : shown
}

const maxTexts = 5

function changesWithin(path: readonly string[], from: unknown, to: unknown): string[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return []
  if (isRecord(from) && isRecord(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    return keys.flatMap((key) => changesWithin([...path, spacedWords(key)], from[key], to[key]))
  }
  const prefix = path.length > 0 ? `${path.join(' ')}: ` : ''
  if (Array.isArray(from) && Array.isArray(to)) return listChanges(prefix, from, to)
  return [`${prefix}${valueText(to)}, was ${valueText(from)}`]
}

function listChanges(prefix: string, from: readonly unknown[], to: readonly unknown[]): string[] {
  const [before, after] = [from.map(valueText), to.map(valueText)]
  const added = after.filter((text) => !before.includes(text)).map((text) => `added ${text}`)
  const gone = before.filter((text) => !after.includes(text)).map((text) => `removed ${text}`)
  const changes = [...added, ...gone]
  return [`${prefix}${changes.length > 0 ? changes.join(', ') : 'in another order'}`]
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'as usual'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.length > 0 ? value.map(valueText).join(', ') : 'none'
  if (isRecord(value)) return recordText(value)
  return String(value)
}

/** A thing with a name is called by it. */
function recordText(record: Readonly<Record<string, unknown>>): string {
  const { label } = record
  if (typeof label === 'string') return label
  return Object.entries(record)
    .filter(([key]) => !key.endsWith('Id'))
    .map(([key, value]) => `${spacedWords(key)} ${valueText(value)}`)
    .join(' ')
}

/** "redShare" is "red share". */
export function spacedWords(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
