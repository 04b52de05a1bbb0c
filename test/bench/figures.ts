import type { Answers, Done } from './messages.ts'

/** All rounds of one server with so many asking at once. */
export interface Figures {
  readonly perSecond: number
  /** The slowest and the fastest round. */
  readonly range: readonly [number, number]
  readonly p50: number
  readonly p99: number
}

function figuresOf(rounds: readonly Answers[]): Figures {
  const rates = rounds.map(({ answered, seconds }) => answered / seconds)
  const times = rounds.flatMap(({ milliseconds }) => milliseconds)
  return {
    perSecond:
      sum(rounds.map(({ answered }) => answered)) / sum(rounds.map(({ seconds }) => seconds)),
    range: [Math.min(...rates), Math.max(...rates)],
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  }
}

/** The nearest-rank percentile: a time that was really measured. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN
}

/** What one server did with so many asking at once. */
export interface Measured extends Figures {
  readonly answered: number
  /** Of one request, in milliseconds; PostgreSQL's comes on top. */
  readonly processorTime: number
}

export interface Level {
  readonly atOnce: number
  readonly bare: Measured
  readonly milepost: Measured
}

export function measuredOf(rounds: readonly Answers[], done: readonly Done[]): Measured {
  const answered = sum(rounds.map((round) => round.answered))
  const processorTime = sum(done.map(({ cpu }) => cpu)) / answered
  return { ...figuresOf(rounds), answered, processorTime }
}

/** Both servers and their ratio, as a table in Markdown; `bareName` is what the other one is called. */
export function comparison(levels: readonly Level[], bareName: string): string {
  return table(
    [
      ...['at once', 'server', 'requests/s (slowest–fastest round)', 'p50 ms', 'p99 ms'],
      'processor ms a request',
    ],
    levels.flatMap(({ atOnce, bare, milepost }) => [
      [`${atOnce}`, bareName, ...cellsOf(bare)],
      [`${atOnce}`, 'Milepost', ...cellsOf(milepost)],
      [
        `${atOnce}`,
        '**Milepost : bare**',
        short(milepost.perSecond / bare.perSecond),
        short(milepost.p50 / bare.p50),
        short(milepost.p99 / bare.p99),
        short(milepost.processorTime / bare.processorTime),
      ],
    ]),
  )
}

function cellsOf({ perSecond, range, p50, p99, processorTime }: Measured): string[] {
  const [slowest, fastest] = range
  const rate = `${whole(perSecond)} (${whole(slowest)}–${whole(fastest)})`
  return [rate, short(p50), short(p99), short(processorTime)]
}

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = headings.map((_, column) => (column < 1 ? '---:' : '---'))
  return [line(headings), line(rule), ...rows.map(line)].join('\n')
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
/** Three figures are more than a shared machine can promise. */
export const short = (value: number) => Number(value.toPrecision(3)).toLocaleString('en-GB')
