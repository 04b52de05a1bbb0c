import type { Child } from './child-process.ts'
import { Answers, Done, type Round, type Server } from './messages.ts'

/** One of the two that are compared. */
export interface Side {
  /** Sends `requests` requests over `atOnce` connections. @throws Error where an answer is not as expected */
  play(atOnce: number, requests: number): Promise<Answers>
}

interface SideOptions {
  readonly load: Child
  readonly server: Server
  /** The process that serves. */
  readonly child: Child
  /** Text that each answer has to contain; '' for an empty answer. */
  readonly expectedText: string
  /** Whether each answer stands for an update in the database. */
  readonly stores: boolean
  /** Called after each round. */
  note(done: Done): void
}

/** Each round has to leave as many updates in the database as it had answers, where the server stores any. */
export function sideOf({ load, server, child, expectedText, stores, note }: SideOptions): Side {
  return {
    async play(atOnce, requests) {
      const answers = await play(load, { server, atOnce, requests, expectedText })
      const done = await child.ask({ about: 'done' }, Done)
      if (stores && done.stored !== answers.answered) {
        throw new Error(
          `${answers.answered} requests were answered with Saved, but ${done.stored} are.`,
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
    throw new Error(`This is no answer to the request: ${answers.wrong}`)
  }
  if (answers.answered !== round.requests) {
    throw new Error(`Of ${round.requests} requests ${answers.answered} were answered.`)
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

/** How many requests take so long, at the pace of the last round. */
function enoughFor(seconds: number, atOnce: number, last: Answers | undefined): number {
  const pace = last ? last.answered / last.seconds : 0
  return Math.max(atOnce * 2, Math.min(mostRequests, Math.round(pace * seconds)))
}
