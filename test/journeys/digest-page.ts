import type { Lesson } from '../support/sample-rounds.ts'

/** docs/digests/README.md: what a chair reads on a phone, and what they can learn from it. */

export interface PictureOfWeek {
  readonly title: string
  /** 'bcs-1': the pictures are slack-bcs-1.png and teams-bcs-1.png. */
  readonly name: string
  /** The digest in one sentence, as a notification has it. */
  readonly summary: string
  /** The first message, in plain text. */
  readonly words: string
  readonly learns: Lesson
}

const questions: readonly (readonly [keyof Lesson, string])[] = [
  ['worse', 'What is worse?'],
  ['late', 'What is late?'],
  ['owners', 'Whose is it?'],
  ['decide', 'What must I decide?'],
  ['decided', 'What happened to what we decided?'],
]

/** The words that a chair needs and the message does not have. */
export function missingIn({ words, learns }: PictureOfWeek): string[] {
  return questions.flatMap(([key]) => learns[key].filter((answer) => !words.includes(answer)))
}

export function weekSection({ title, name, summary, words, learns }: PictureOfWeek): string {
  const answers = questions.map(([key, question]) => {
    return `| ${question} | ${learns[key].join('; ') || 'Nothing'} |`
  })
  return `## ${title}

| Slack | Teams |
| --- | --- |
| ![In Slack: ${summary}](slack-${name}.png) | ![In Teams: ${summary}](teams-${name}.png) |

| asked | answer |
| --- | --- |
${answers.join('\n')}

\`\`\`text
${asPosted(words)}
\`\`\`
`
}

/** Without its number, which depends on how many channels have had one. */
const asPosted = (words: string) =>
  words
    .replace(/^Digest \d+\n/m, '')
    .trim()
    .replaceAll(/[^\S\n]+$/gm, '')
