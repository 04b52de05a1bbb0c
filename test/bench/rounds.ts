import type { Child } from './child.ts'
import { stored } from './command.ts'
import { Answers, Done, type Round, type Server } from './messages.ts'

/** One of the two that are compared. */
export interface Side {
  /** Sends it the command so often, so many at once. Throws where an answer is not what it should be. */
  play(atOnce: number, requests: number): Promise<Answers>
}

export function bareSide(load: Child, server: Server): Side {
  return { play: (atOnce, requests) => play(load, { server, atOnce, requests, says: '' }) }
}

/** Each round has to leave as many updates in the database as it had answers. What it did goes to `note`. */
export function milepostSide(
  load: Child,
  server: Server,
  milepost: Child,
  note: (done: Done) => void,
): Side {
  return {
    async play(atOnce, requests) {
      const answers = await play(load, { server, atOnce, requests, says: stored })
      const done = await milepost.ask({ about: 'done' }, Done)
      if (done.stored !== answers.answered) {
        throw new Error(
          `${answers.answered} commands were answered with Stored, but ${done.stored} are.`,
        )
      }
      note(done)
      return answers
    },
  }
}

async function play(load: Child, round: Round): Promise<Answers> {
  const answers = await load.ask(round, Answers)
  if (answers.wrong !== undefined) {
    throw new Error(`This is no answer to the command: ${answers.wrong}`)
  }
  if (answers.answered !== round.requests) {
    throw new Error(`Of ${round.requests} commands ${answers.answered} were answered.`)
  }
  return answers
}

const roundsEach = 3
const roundSeconds = 2
const warmUpRequests = 400
const mostRequests = 20_000

/** Lets the sides answer in turn, round by round, after a round that only warms them up. */
export async function inTurn(sides: readonly Side[], atOnce: number): Promise<Answers[][]> {
  const rounds: Answers[][] = []
  for (const side of sides) rounds.push([await side.play(atOnce, warmUpRequests)])
  for (let round = 0; round < roundsEach; round += 1) {
    for (const [index, side] of sides.entries()) {
      const before = rounds[index] ?? []
      before.push(await side.play(atOnce, enoughFor(roundSeconds, atOnce, before.at(-1))))
    }
  }
  return rounds.map(([_warmUp, ...counted]) => counted)
}

/** How many commands take so long, at the pace of the last round. */
function enoughFor(seconds: number, atOnce: number, last: Answers | undefined): number {
  const pace = last ? last.answered / last.seconds : 0
  return Math.max(atOnce * 2, Math.min(mostRequests, Math.round(pace * seconds)))
}
