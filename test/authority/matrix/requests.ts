import type { ChatRequest } from '../../../src/chat/request.ts'
import type { Things } from './things.ts'

/** How a command is reached: a line, a button, a form that is sent, a form that is opened. */
export const ways = ['typed', 'button', 'form', 'opened'] as const
export type Way = (typeof ways)[number]

/** How a command is asked about the things of a programme. */
export interface Asking {
  /** As it is typed, without the prefix. */
  readonly line: string
  /** What buttons and forms carry instead of what is typed: ids. */
  readonly ids?: Readonly<Record<string, string>>
  /** Where it is asked, and from which message; left out: where the person usually asks, from none. */
  readonly at?: Partial<Pick<ChatRequest, 'place' | 'message'>>
  /** Left out: all that the command has. */
  readonly ways?: readonly Way[]
}

const of =
  (line: (things: Things) => string, ids?: (things: Things) => Record<string, string>) =>
  (things: Things): Asking => ({ line: line(things), ...(ids && { ids: ids(things) }) })

type AskingAbout = (things: Things) => Asking

const by =
  (...some: readonly Way[]) =>
  (asking: AskingAbout): AskingAbout =>
  (things) => ({ ...asking(things), ways: some })

/** A form in which people choose the project opens for whoever may add to any. */
const opened = by('opened')
const sent = by('typed', 'button', 'form')
/** Where a typed line cannot say which programme is meant. */
const byForm = by('button', 'form')
/** Where a typed line only leads to the form. */
const byAnyForm = by('button', 'form', 'opened')

const inChannel =
  (line: (things: Things) => string) =>
  (things: Things): Asking => ({ line: line(things), at: { place: things.channel } })

const ofProject = (line: (ref: string, things: Things) => string) =>
  of(
    (things) => line(`${things.key}/2.1`, things),
    ({ project }) => ({ project }),
  )

const ofMilestone = (line: (ref: string, things: Things) => string) =>
  of(
    (things) => line(`${things.key}/2.1`, things),
    ({ project, milestone }) => ({ project, milestone }),
  )

const ofProgramme = (line: string) => of(({ key }) => `${line} for ${key}`)

/** About the sheet that its office has sent; a typed line means one's own. */
const ofDraft = (line: string) =>
  byForm(
    of(
      () => line,
      ({ draft }) => ({ draft }),
    ),
  )

/** By the rows of the table (expectations.ts): the command's name, and in brackets what of it. */
export const askings: Readonly<Record<string, (things: Things) => Asking>> = {
  mine: of(() => ''),
  'choose-update': of(() => 'update a project'),
  'choose-milestone': of(() => 'add a milestone'),
  // As the tab asks for it: the page itself is the answer.
  home: by('button')(
    of(
      () => 'home',
      () => ({ tab: 'yes' }),
    ),
  ),
  show: ofProject((ref) => ref),
  'no-change': ofProject((ref) => `no-change ${ref}`),
  'no-change (all)': ofProgramme('no-change all'),
  'update-fine': ofProject(
    (ref, { word }) =>
      `${ref} amber three children wait for ${word} green by 30 Jun words are fine because it is a count`,
  ),
  update: ofProject((ref, { word }) => `${ref} amber waiting for ${word} green by 30 Jun`),
  confirm: of(
    ({ key }) => `confirm ${key}/2.3`,
    ({ improved }) => ({ project: improved }),
  ),
  'confirm (milestone)': of(
    ({ key }) => `confirm ${key}/2.1 3`,
    ({ project, reported }) => ({ project, milestone: reported }),
  ),
  due: of(() => 'due 90'),
  done: ofMilestone((ref) => `done ${ref} 2`),
  agree: of(
    ({ key }) => `agree ${key}/2.1 1`,
    ({ project, flagged }) => ({ project, milestone: flagged }),
  ),
  'decline-move': of(
    ({ key, word }) => `decline move ${key}/2.1 1 because the ${word} waits`,
    ({ project, flagged }) => ({ project, milestone: flagged }),
  ),
  'admin-moves': ofProgramme('admin moves over 30'),
  'admin-rates': ofProgramme('admin rates milestones'),
  'admin-dimensions': ofProgramme('admin dimensions time and cost'),
  move: ofMilestone((ref, { word }) => `move ${ref} 2 to 30 Jun because of the ${word}`),
  flag: ofMilestone((ref, { word }) => `flag ${ref} 2 because the ${word} is late`),
  rate: ofMilestone((ref, { word }) => `rate ${ref} 2 amber because the ${word} is late`),
  'by-milestones': ofProject((ref, { word }) => `${ref} by milestones because of the ${word}`),
  unflag: of(
    ({ key }) => `unflag ${key}/2.1 1`,
    ({ project, flagged }) => ({ project, milestone: flagged }),
  ),
  set: ofProject((ref) => `set ${ref} starts to 1 Mar 2017`),
  'round-plan': ofProgramme('round plan'),
  'round-opens': ofProgramme('round opens 3 before at 10:00'),
  'round-nudges': ofProgramme('round nudges 2 before at 10:00'),
  'round-closes': ofProgramme('round closes 2 before at 13:00'),
  'round-serves': ofProgramme('round serves board'),
  'round-names': ofProgramme('round names on'),
  round: ofProgramme('round'),
  'round-nudge': ofProgramme('round nudge'),
  'round-close': ofProgramme('round close'),
  'round-extend': ofProgramme('round extend to 3 Mar at 17:00'),
  'board-remove': ofProgramme('board remove 16 Mar'),
  board: of(({ key, word }) => `board 4 May ${word} Cabinet for ${key}`),
  hygiene: ofProgramme('hygiene'),
  digest: ofProgramme('digest to internal'),
  'digest-here': inChannel(({ key }) => `digest here weekly friday 09:00 for ${key}`),
  'digest-stop': inChannel(({ key }) => `digest here stop for ${key}`),
  'digest-channels': ofProgramme('digest channels'),
  'digest-channel-stop': ofProgramme('digest channels stop 1'),
  'digest-show': of(({ key }) => `digest ${key}/1`),
  'digest-changes': of(({ key }) => `digest ${key}/1 changes`),
  'digest-correct': of(({ key, word }) => `digest ${key}/1 correct The ${word} meets on 3 May`),
  'digest-hold': of(({ key, word }) => `digest hold for ${key} because the ${word} is not final`),
  'digest-release': ofProgramme('digest release'),
  'digest-approve': ofProgramme('digest approve'),
  'digest-headline': of(({ key, word }) => `digest headline for ${key} A ${word} week`),
  'digest-approval': ofProgramme('digest approval off'),
  'digest-preview': ofProgramme('digest preview off'),
  'digest-owners': ofProgramme('digest owners off'),
  why: of(() => 'why'),
  snooze: of(
    ({ key }) => `snooze ${key}/2.1 tomorrow`,
    ({ project }) => ({ subject: `project:${project}` }),
  ),
  'snooze (milestone)': of(
    ({ key }) => `snooze ${key}/2.1 2 tomorrow`,
    ({ milestone }) => ({ subject: `milestone:${milestone}` }),
  ),
  'snooze (measure)': of(
    ({ key }) => `snooze kpi ${key}/1 tomorrow`,
    ({ measure }) => ({ subject: `measure:${measure}` }),
  ),
  mute: ofProject((ref) => `mute ${ref} until 30 Apr`),
  unmute: of(
    ({ key }) => `unmute ${key}/2.2`,
    ({ otherProject }) => ({ project: otherProject }),
  ),
  mutes: ofProgramme('mutes'),
  'preview-reminders': ofProgramme('preview next week'),
  reminders: ofProgramme('reminders'),
  'reminders-change': ofProgramme('reminders before 8 2 0'),
  ask: ofProject((ref, { word }) => `ask ${ref} Who pays the ${word}?`),
  'ask (from the digest)': (things) => ({
    ...ofProject((ref, { word }) => `ask ${ref} Who pays the ${word}?`)(things),
    at: { place: things.channel, message: things.digest },
  }),
  reply: of(
    ({ key, word }) => `reply ${key}/1 The ${word} is out`,
    ({ question }) => ({ question }),
  ),
  decide: of(
    ({ key, word }) => `decide ${key}/1 The ${word} agreed`,
    ({ decision }) => ({ entry: decision }),
  ),
  'decide (from the digest)': (things) => ({
    line: `decide ${things.key}/1 The ${things.word} agreed`,
    ids: { entry: things.decision },
    at: { place: things.channel, message: things.digest },
  }),
  follow: ofProject((ref) => `follow ${ref}`),
  unfollow: of(
    ({ key }) => `unfollow ${key}/2.2`,
    ({ otherProject }) => ({ project: otherProject }),
  ),
  follows: of(() => 'follows'),
  register: ofProgramme('register'),
  entry: of(({ key }) => `risk ${key}/1`),
  risk: sent(
    ofProject((ref, { word }) => `risk red ${ref} no ${word} mitigated by a second ${word}`),
  ),
  'risk (its form)': opened(ofProject((ref) => `risk red ${ref} no provider`)),
  issue: sent(ofProject((ref, { word }) => `issue amber ${ref} the ${word} has left`)),
  'issue (its form)': opened(ofProject((ref) => `issue amber ${ref} the heating failed`)),
  action: sent(
    ofProject(
      (ref, { word, awayLead }) =>
        `action for ${ref} fix the ${word} owned by ${awayLead} due 30 Jun`,
    ),
  ),
  'action (its form)': opened(ofProject((ref) => `action for ${ref} fix the heating`)),
  decision: sent(
    ofProject((ref, { word }) => `decision for ${ref} which ${word} needed by 30 Jun`),
  ),
  'decision (its form)': opened(
    ofProject((ref, { word }) => `decision for ${ref} which ${word} needed by 30 Jun`),
  ),
  'decision (of the programme)': byForm(
    of(
      ({ word }) => `decision which ${word} needed by 30 Jun`,
      ({ programme }) => ({ programme }),
    ),
  ),
  dependency: sent(ofProject((ref, { word }) => `dependency ${ref} on 2.2 because of the ${word}`)),
  'dependency (its form)': opened(ofProject((ref) => `dependency ${ref} on 2.2`)),
  headline: of(({ word }) => `headline The ${word} has opened`),
  'headline (by its form)': byForm(
    of(
      ({ word }) => `headline The ${word} has opened`,
      ({ programme }) => ({ programme }),
    ),
  ),
  close: of(
    ({ key, word }) => `close risk ${key}/1 because the ${word} is gone`,
    ({ risk }) => ({ entry: risk }),
  ),
  'close (decision)': of(
    ({ key, word }) => `close decision ${key}/1 because the ${word} agreed`,
    ({ decision }) => ({ entry: decision }),
  ),
  review: of(
    ({ key, word }) => `review risk ${key}/1 as amber because the ${word} is back`,
    ({ risk }) => ({ entry: risk }),
  ),
  'reopen-entry': of(
    ({ key, word }) => `reopen issue ${key}/1 because the ${word} failed again`,
    ({ issue }) => ({ entry: issue }),
  ),
  risks: ofProgramme('risks'),
  issues: ofProgramme('issues'),
  actions: ofProgramme('actions'),
  decisions: ofProgramme('decisions'),
  dependencies: ofProgramme('dependencies'),
  headlines: ofProgramme('headlines'),
  measures: ofProgramme('kpi'),
  'dates-link': ofProgramme('dates link'),
  'dates-unlink': ofProgramme('dates unlink'),
  money: ofProgramme('money'),
  benefit: ofProject((ref) => `benefit ${ref} moves M1 from Apr 2017 by 5`),
  'money-set': ofProject((ref) => `money ${ref} budget 120k`),
  'money-workstream': of(({ key }) => `money workstream ${key}/2 budget 1m`),
  'admin-money': ofProgramme('admin money amber over 1 red over 6'),
  kpi: of(
    ({ key }) => `kpi ${key}/1 58.6% for Q3 2016/17`,
    ({ measure }) => ({ measure }),
  ),
  measure: of(
    ({ key }) => `kpi ${key}/1`,
    ({ measure }) => ({ measure }),
  ),
  status: ofProgramme('status'),
  projects: ofProgramme('projects'),
  'override-off': of(({ key, word }) => `override ${key}/2 off because the ${word} is mended`),
  override: of(({ key, word }) => `override ${key}/2 amber because of the ${word}`),
  'override (of the programme)': of(
    ({ key, word }) => `override ${key}/programme red because of the ${word}`,
  ),
  'confirm-override': of(({ key }) => `confirm override ${key}/2`),
  mismatches: ofProgramme('mismatches'),
  checks: ofProgramme('checks'),
  answer: ofProject((ref, { word }) => `answer ${ref} overdue because the ${word} was late`),
  assure: ofProject((ref, { word }) => `assure ${ref} amber because the ${word} is late`),
  'admin-second': of(({ key, word }) => `admin second assurance called ${word} team for ${key}`),
  'admin-scheme': ofProgramme('admin scheme brag'),
  'admin-criteria': ofProgramme('admin criteria'),
  'admin-criteria-add': of(
    ({ key, word }) => `admin criteria add ${word} in post critical for ${key}`,
  ),
  'admin-criteria-remove': ofProgramme('admin criteria remove 2'),
  'admin-criteria-off': ofProgramme('admin criteria off'),
  'admin-criteria-five': ofProgramme('admin criteria five'),
  'admin-confirm': ofProgramme('admin confirm done off'),
  'admin-commentary': ofProgramme('admin commentary internal'),
  tag: ofProject((ref, { word }) => `tag ${ref} ${word}`),
  untag: ofProject((ref) => `untag ${ref}`),
  // A line leads to the form.
  'change-project': byAnyForm(
    of(
      ({ key }) => `change ${key}/2.1`,
      ({ project }) => ({ project, seen: 'none:0', start: '2017-03-01' }),
    ),
  ),
  plan: sent(ofProgramme('plan')),
  'change-workstream': byAnyForm(
    of(
      ({ key }) => `change workstream ${key}/2`,
      ({ word }) => ({ seen: 'none:0', title: `Another ${word}` }),
    ),
  ),
  'change-milestone': byAnyForm(
    of(
      ({ key }) => `change milestone ${key}/2.1 2`,
      ({ milestone, word }) => ({ milestone, seen: 'none:0', about: `Another ${word}` }),
    ),
  ),
  'set (title)': ofProject((ref, { word }) => `set ${ref} title to Another ${word}`),
  'add-measure': of(({ key, word }) => `add measure Another ${word} for ${key}`),
  'set-measure': of(({ key, word }) => `set measure ${key}/1 title to Another ${word}`),
  'change-measure': byAnyForm(
    of(
      ({ key }) => `change measure ${key}/1`,
      ({ measure, word }) => ({ measure, seen: 'none:0', title: `Another ${word}` }),
    ),
  ),
  'remove-measure': of(({ key, word }) => `remove measure ${key}/1 because of the ${word}`),
  'set-workstream': of(({ key, word }) => `set workstream ${key}/2 title to Another ${word}`),
  'add-workstream': of(({ key, word }) => `add workstream Another ${word} for ${key}`),
  'add-project': of(({ key, word }) => `add project Another ${word} to ${key}/2`),
  'add-milestone': ofProject(
    (ref, { word }) => `add milestone ${ref} Another ${word} by 30 Jun 2017`,
  ),
  'decline-milestone': ofProject(
    (ref, { word }) => `decline milestone ${ref} Another ${word} because the ${word} decides`,
  ),
  reword: ofMilestone((ref, { word }) => `reword ${ref} 2 to Another ${word}`),
  reopen: of(
    ({ key, word }) => `reopen ${key}/2.1 3 because one ${word} is left`,
    ({ project, reported }) => ({ project, milestone: reported }),
  ),
  hold: ofProject((ref, { word }) => `hold ${ref} because the ${word} is open`),
  resume: ofProject((ref) => `resume ${ref}`),
  'close-project': ofProject(
    (ref, { word }) => `close ${ref} as finished because the ${word} runs itself`,
  ),
  pipeline: ofProject((ref) => `pipeline ${ref}`),
  'remove-milestone': ofMilestone((ref) => `remove milestone ${ref} 2 because it is there twice`),
  'remove-workstream': of(({ key, word }) => `remove workstream ${key}/7 because of the ${word}`),
  'remove-project': ofProject((ref) => `remove project ${ref} because it is there twice`),
  history: ofProject((ref) => `history ${ref}`),
  'history-measure': of(({ key }) => `history measure ${key}/1`),
  'history-settings': ofProgramme('history settings'),
  'history-people': ofProgramme('history people'),
  // A line takes back one's own change of the last day; only a button names one.
  undo: byForm(
    of(
      () => 'undo',
      ({ revision }) => ({ revision }),
    ),
  ),
  'undo (of an update)': byForm(
    of(
      () => 'undo',
      ({ update }) => ({ update }),
    ),
  ),
  'admin-lead-milestones': ofProgramme('admin lead milestones on'),
  'admin-calendar': ofProgramme('admin calendar Scotland'),
  'admin-closed': of(
    ({ key, word }) => `admin closed 10 Jul to 11 Jul for ${key} because of ${word}`,
  ),
  'admin-open': ofProgramme('admin open 4 Apr'),
  'admin-rollup': ofProgramme('admin rollup proportion 25%'),
  'ledger-retry': of(({ deadMessage }) => `ledger retry ${deadMessage}`),
  'ledger-drop': of(({ waitingMessage }) => `ledger drop ${waitingMessage}`),
  'ledger-repeat': ofProgramme('ledger repeat on'),
  ledger: of(() => 'ledger'),
  'ledger (waiting)': of(() => 'ledger waiting'),
  'ledger (of a channel)': inChannel(() => 'ledger here'),
  'ledger (of a person)': of(({ awayLead }) => `ledger ${awayLead.replace('Away ', '')}`),
  away: of(() => 'away 3 Aug to 14 Aug'),
  'away (with a deputy)': of(({ deputy }) => `away 3 Aug to 14 Aug deputy ${deputy}`),
  'away (for somebody)': of(
    ({ viewer, deputy }) => `away for ${viewer} 3 Aug to 14 Aug deputy ${deputy}`,
  ),
  // A button of that name leads back to a message: back.test.ts.
  back: () => ({ line: 'back', ways: ['typed'] }),
  'back (for somebody)': ({ viewer }) => ({ line: `back for ${viewer}`, ways: ['typed'] }),
  'back (from leave they said)': ({ awayLead }) => ({
    line: `back for ${awayLead}`,
    ways: ['typed'],
  }),
  days: of(() => 'days mon-wed'),
  quiet: of(() => 'quiet 17:30 to 09:30'),
  'quiet-off': of(() => 'quiet off'),
  language: of(() => 'language Cymraeg'),
  zone: of(() => 'zone Europe/Paris'),
  setup: of(({ key }) => `setup ${key} Better Together`),
  people: ofProgramme('people'),
  'people-match': ofProgramme('people match'),
  'people-link': of(({ key, unlinked }) => `people link ${unlinked} to U-nobody for ${key}`),
  'people-link-all': ofProgramme('people link all'),
  'hand-over': of(({ key, awayLead, viewer }) => `hand over ${awayLead} to ${viewer} for ${key}`),
  'people-newcomer': of(
    ({ key, unlinked }) => `people newcomer U-newcomer is ${unlinked} for ${key}`,
  ),
  'people-role': of(({ key, viewer }) => `make ${viewer} a sponsor for ${key}`),
  'people-take-out': of(({ key, viewer }) => `take ${viewer} out of the programme for ${key}`),
  'people-accounts': of(({ key, viewer }) => `people accounts ${viewer} for ${key}`),
  'people-unlink': of(({ key, viewer }) => `people unlink ${viewer} for ${key}`),
  import: ofDraft('import'),
  export: ofProgramme('export'),
  paper: ofProgramme('paper summary'),
  'paper-issue': ofProgramme('paper issue summary'),
  'paper-draft': ofProgramme('paper draft summary'),
  'paper-redraft': ofProgramme('paper 2 draft'),
  'paper-correct': of(({ key }) => `paper 1 correct for ${key} because the date is old`),
  'paper-check': ofProgramme('paper 2 check'),
  'paper-approve': ofProgramme('paper 3 approve'),
  'paper-decline': of(({ key }) => `paper 3 decline for ${key} because a risk is missing`),
  'paper-issue-draft': ofProgramme('paper 2 issue'),
  'paper-approval': ofProgramme('paper approval on'),
  'paper-monthly': ofProgramme('paper summary every month on 25'),
  'paper-before-board': ofProgramme('paper summary 5 working days before board'),
  'paper-schedules': ofProgramme('paper schedules'),
  'paper-schedule-stop': ofProgramme('paper schedules stop 1'),
  'paper-template': ofProgramme('paper template'),
  'paper-template-send': ofProgramme('paper template send of action-plan'),
  'paper-template-remove': ofProgramme('paper template remove of action-plan'),
  'paper-compare': ofProgramme('paper compare'),
  papers: ofProgramme('papers'),
  'paper-again': ofProgramme('paper 1'),
  'paper-changes': ofProgramme('paper 1 changes'),
  template: ofProgramme('template'),
  'import-save': ofDraft('import all'),
  'import-into': of(
    ({ key }) => `import into ${key}`,
    ({ draft, key }) => ({ draft, programme: key }),
  ),
  'import-unlisted': ofDraft('import unlisted remove'),
  'import-cancel': ofDraft('import cancel'),
  'import-headings': ofDraft('import heading COMMENTARY as not read'),
  'import-absent': ofDraft('import hold 2.2 because nobody leads it'),
  programmes: of(() => 'programmes'),
  'programmes-archive': of(({ key }) => `programmes archive ${key} because it has ended`),
  'programmes-restore': of(({ key }) => `programmes restore ${key}`),
  'setup-start': of(() => 'setup'),
  whoami: of(() => 'whoami'),
  'link-account': of(() => 'link'),
  help: of(() => 'help'),
}
