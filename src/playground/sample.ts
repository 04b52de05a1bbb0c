import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'

/** Somebody of the sample programme, with the accounts they have. */
export interface SamplePerson {
  /** For the page: 'asha-verity'. */
  id: string
  name: string
  post: string
  role: string
  zone: string
  slack: { team: string; user: string } | null
  teams: { tenant: string; user: string } | null
}

export interface SampleFile {
  bytes: Uint8Array
  fileName: string
}

/** The programme that the playground begins with, as files to import. */
export interface Sample {
  plan: SampleFile
  people: SampleFile
  programme: { key: string; title: string }
  /** The day of the plan, 'YYYY-MM-DD'. */
  asOf: string
}

export async function readSample(): Promise<Sample> {
  const [plan, people] = await Promise.all([file('plan.csv'), file('people.csv')])
  const programme = { key: 'BCS', title: "Brightwater Children's Services Improvement Programme" }
  return { plan, people, programme, asOf: '2026-02-27' }
}

async function file(fileName: string): Promise<SampleFile> {
  return { bytes: await readFile(new URL(`sample/${fileName}`, import.meta.url)), fileName }
}

const account = z.union([
  z.literal('').transform(() => null),
  z.templateLiteral([z.string(), '/', z.string()]).transform((text) => {
    const [place = '', user = ''] = text.split('/')
    return { place, user }
  }),
])
const rows = z.array(
  z.object({
    Name: z.string().min(1),
    Post: z.string(),
    Role: z.string(),
    Slack: account,
    Teams: account,
    Zone: z.string(),
  }),
)

/** The people of the sample's file. It is ours: anything unexpected in it is a fault and throws. */
export function peopleOf({ people }: Sample): SamplePerson[] {
  const read = rows.parse(parse(Buffer.from(people.bytes), { columns: true, bom: true }))
  return read.map(({ Name, Post, Role, Slack, Teams, Zone }) => ({
    id: Name.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
    name: Name,
    post: Post,
    role: Role,
    zone: Zone,
    slack: Slack && { team: Slack.place, user: Slack.user },
    teams: Teams && { tenant: Teams.place, user: Teams.user },
  }))
}
