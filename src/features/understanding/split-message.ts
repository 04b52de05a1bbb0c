import { cleanLine, withoutAddress } from './clean-line.ts'

/** A line that begins something: a project and what becomes of it, or a verb. Any other goes on with the one before. */
const beginning =
  /^(?:\/\s?rag\b|(?:project )?#?[a-z/]{0,12}\d[\w./]*[:.,]?\s+(?:(?:is|to|as|now|still|has|gone|=|:|-|–|—|→)\s+)*(?:red|amber|yellow|green|blue|🔴|🟠|🟡|🟢|🔵|no change|unchanged|same as|milestone|done|complete)|(?:done|complete|completed|finished|move|push|postpone|no change|undo|snooze|add|flag|risk|decision|headline|ask|reply|away)\s+\S|(?:set|tag|untag|kpi|hold|resume|close|reword|remove)\s+(?:project\s|workstream\s|milestone\s|measure\s)?#?[a-z/]{0,12}\d)/iu

/** The things that are said in one message, one in each line; one alone where the lines go together. */
export function splitMessage(message: string): string[] {
  const things: string[] = []
  for (const line of message.split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue
    const before = things.pop()
    if (before === undefined) things.push(line)
    else if (beginning.test(cleanLine(line))) things.push(before, line)
    else things.push(`${before}\n${line}`)
  }
  return things.flatMap((thing) => splitLine(thing))
}

const number = /^#?(?:[a-z]\w*\/)?\d+(?:\.\d+)+$/i
/** What is said of a project or a milestone without any words of its own. */
const bare =
  /^(?<ref>\S+) (?<what>(?:(?:is|are|both|to|now|still|=|-|:)\s+)*(?:red|amber|yellow|green|blue|no change|unchanged))$|^no change (?:on |to |for )?(?<same>\S+)$|^done (?<of>\S+) (?:milestone )?(?<nth>\d{1,2})$/i
/** In characters: what is longer has words of its own. */
const longestList = 120

/**
 * "2.1 and 2.2 are green", "2.1 green; done 2.3 1, 2": several things in one line, each without a word that is not
 * needed. Where one has such words, a comma may belong to them, and the line stays one.
 */
function splitLine(line: string): string[] {
  if (line.length > longestList) return [line]
  const parts = withoutAddress(cleanLine(line))
    .replace(/[\s.!]+$/, '')
    .replace(/: (?=\S+(?: change)?$)/, ' ')
    .split(/\s*[;,&]\s*(?:and )?|\s+and\s+/i)
  if (parts.length < 2) return [line]
  const things: string[] = []
  let waiting: string[] = []
  let doneOf = ''
  for (const part of parts) {
    const { ref, what, same, of, nth } = bare.exec(part)?.groups ?? {}
    if (doneOf !== '' && /^\d{1,2}$/.test(part)) things.push(`done ${doneOf} ${part}`)
    else if (number.test(part) && things.at(-1)?.startsWith('no change '))
      things.push(`no change ${part}`)
    else if (number.test(part)) waiting.push(part)
    else if (ref && what && number.test(ref)) {
      things.push(...[...waiting, ref].map((one) => `${one} ${what}`))
      waiting = []
    } else if (same && number.test(same)) {
      things.push(...[same, ...waiting].map((one) => `no change ${one}`))
      waiting = []
    } else if (of && nth && number.test(of)) things.push(`done ${of} ${nth}`)
    else return [line]
    doneOf = of ?? (/^\d{1,2}$/.test(part) ? doneOf : '')
  }
  return waiting.length > 0 ? [line] : things
}
