import { cleanLine } from './clean-line.ts'

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
  return things
}
