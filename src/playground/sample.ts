import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type CivilDate, civilDate } from '../base/dates.ts'
import { confirmationSetting } from '../domain/plan/settings.ts'
import { noSettings, type ProgrammeSettings } from '../domain/programme/setting.ts'
import { parseCustomStates } from '../domain/scheme/custom-scheme.ts'
import { rollUpSetting } from '../domain/scheme/roll-up-settings.ts'
import { schemeSetting, withSchemeChoice } from '../domain/scheme/settings.ts'

/** A person of a sample programme, with their accounts. Each belongs to one programme. */
export interface PlaygroundPerson {
  /** The page names them by it: 'asha-verity'. */
  id: string
  name: string
  post: string
  role: string
  /** The title of their programme. */
  programme: string
  zone: string
  slack: { team: string; user: string } | null
  teams: { tenant: string; user: string } | null
}

export interface SampleFile {
  bytes: Uint8Array
  fileName: string
}

/** A programme that the playground starts with, as files to import. */
export interface Sample {
  programme: { key: string; title: string }
  /** Its settings where they differ from the defaults. */
  settings: ProgrammeSettings
  /** In the order in which they are imported. */
  plans: SampleFile[]
  people: SampleFile
  /** The day of the plans. */
  asOf: CivilDate
  /** Its channels in Slack. Their members are its own people. */
  channels: { id: string; name: string }[]
}

interface SampleDefinition extends Omit<Sample, 'plans' | 'people' | 'asOf'> {
  folder: string
  plans: string[]
}

/** The day of all the plans: the playground's first. */
export const START_DATE = civilDate('2026-02-27')

/** One for each format in which councils publish their plans, as large as the published one or smaller. */
const sampleDefinitions: readonly SampleDefinition[] = [
  {
    // The summary sheet of W17.
    folder: '',
    programme: { key: 'BCS', title: "Brightwater Children's Services Improvement Programme" },
    settings: noSettings,
    plans: ['plan.csv'],
    channels: [
      { id: 'C0BOARD', name: 'leadership-board' },
      { id: 'C0OFFICE', name: 'programme-office' },
    ],
  },
  {
    // The action plan of SOM: nothing is rated yet, and the owners are posts.
    folder: 'send/',
    programme: { key: 'SEND', title: 'Brightwater SEND Action Plan' },
    settings: schemeSetting.with(noSettings, 'brag'),
    plans: ['plan.csv'],
    channels: [{ id: 'C0SEND', name: 'send-board' }],
  },
  {
    // The quarterly update of CUM: actions, and tables of measures with their readings.
    folder: 'asc/',
    programme: { key: 'ASC', title: 'Brightwater Adult Social Care Improvement Plan' },
    settings: rollUpSetting.with(schemeSetting.with(noSettings, 'brag'), {
      policy: 'proportion',
      redShare: 0.25,
    }),
    plans: ['plan.csv', 'measures.tsv'],
    channels: [{ id: 'C0ASC', name: 'adult-care-board' }],
  },
  {
    // The plan on a page of W20: outcomes in a child's words, milestones by the four-state key.
    folder: 'ffc/',
    programme: { key: 'FFC', title: 'Brightwater Families First Plan on a Page' },
    settings: confirmationSetting.with(schemeSetting.with(noSettings, 'delivery'), {
      done: true,
      improvement: false,
    }),
    plans: ['plan.csv'],
    channels: [{ id: 'C0FFC', name: 'families-first-board' }],
  },
  {
    // The self-assessment of WOL: themes, the commitments under each, and inspectors' grades.
    folder: 'yth/',
    programme: { key: 'YTH', title: 'Brightwater Youth Services Self-Assessment' },
    settings: rollUpSetting.with(
      withSchemeChoice(noSettings, {
        scheme: 'own',
        customStates: parseCustomStates(
          'Inadequate red, Requires improvement amber, Good green, Outstanding green',
        ),
      }),
      { policy: 'plurality', redShare: 0.25 },
    ),
    plans: ['plan.csv'],
    channels: [{ id: 'C0YTH', name: 'youth-board' }],
  },
]

/** The sample programmes, children's services first: the page and its suggestions begin there. */
export async function readSamples(): Promise<Sample[]> {
  return Promise.all(
    sampleDefinitions.map(async ({ folder, plans, ...sample }) => ({
      ...sample,
      plans: await Promise.all(plans.map((name) => readSampleFile(folder, name))),
      people: await readSampleFile(folder, 'people.csv'),
      asOf: START_DATE,
    })),
  )
}

async function readSampleFile(folder: string, fileName: string): Promise<SampleFile> {
  const path = new URL(`sample/${folder}${fileName}`, import.meta.url)
  return { bytes: await readFile(path), fileName }
}

const account = z.union([
  z.literal('').transform(() => null),
  z.templateLiteral([z.string(), '/', z.string()]).transform((text) => {
    const [place = '', user = ''] = text.split('/')
    return { place, user }
  }),
])
const peopleRows = z.array(
  z.object({
    Name: z.string().min(1),
    Post: z.string(),
    Role: z.string(),
    Slack: account,
    Teams: account,
    Zone: z.string(),
  }),
)

/** The people of a sample's file. @throws Error on anything unexpected: the file is ours, so that is a fault */
export function peopleOf({ people, programme }: Sample): PlaygroundPerson[] {
  const rows = peopleRows.parse(parse(Buffer.from(people.bytes), { columns: true, bom: true }))
  return rows.map(({ Name, Post, Role, Slack, Teams, Zone }) => ({
    id: Name.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
    name: Name,
    post: Post,
    role: Role,
    programme: programme.title,
    zone: Zone,
    slack: Slack && { team: Slack.place, user: Slack.user },
    teams: Teams && { tenant: Teams.place, user: Teams.user },
  }))
}
