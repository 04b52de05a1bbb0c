/** What production never reads of the packages that it installs: more than half of their bytes. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** By a file's path in its node_modules folder ("echarts/dist/echarts.js"). */
const unneeded: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['source maps', /\.map$/],
  ['TypeScript and type declarations, which Node does not run from node_modules', /\.[cm]?tsx?$/],
  ['the compiler that Prisma’s types may be checked with', /^(typescript|@typescript\/[^/]+)\//],
  ['C headers of Node', /^node-[^/]+\/(include|share)\//],
  [
    'Prisma’s compilers for other databases, and its large one',
    /^@prisma\/client\/runtime\/query_compiler_(fast|\w+\.(cockroachdb|mysql|sqlite|sqlserver))/,
  ],
  [
    'Prisma’s generator, once it has written the client',
    /^@prisma\/(?!adapter-pg\/|client\/|client-runtime-utils\/|debug\/|driver-adapter-utils\/)|^effect\//,
  ],
  [
    'what the people who made a package needed: their package manager, change logs, libraries to link against',
    /(^|\/)(\.yarn\/|CHANGELOG\.md$)|\.a$/,
  ],
  [
    'Prisma’s compiler for CommonJS',
    /^@prisma\/client\/runtime\/query_compiler_\w+\.\w+\.wasm-base64\.js$/,
  ],
  [
    'names of OpenTelemetry that are not settled yet',
    /^@opentelemetry\/semantic-conventions\/dist\/(experimental_|index-incubating)/,
  ],
  ['charts for browsers', /^(echarts|zrender)\/dist\//],
  ['a package’s own tests of speed', /^bintrees\/test\//],
  ['sign-in for browsers', /^@azure\/msal-browser\//],
  ['a test library inside the Bot Framework', /^bot[^/]+\/vendors\/chai\//],
  ['dates for CommonJS, and in other languages', /^date-fns\/(.*\.cjs$|locale\/(?!en-US|_lib))/],
  [
    'fonts that no chart and no paper uses, and which letters each has',
    /^dejavu-fonts-ttf\/(status\.txt$|ttf\/(?!DejaVuSans(Condensed)?(-Bold)?\.ttf))/,
  ],
  [
    'Word files for browsers and CommonJS, and parts that no paper has',
    /^docx\/dist\/(?!index\.mjs$)/,
  ],
  [
    'PDF files for browsers and CommonJS, and the fonts that a file for the archive may not leave to its reader',
    /^(pdfkit\/js\/(?!pdfkit\.node\.mjs$|data\/.*\.icc$)|fontkit\/dist\/(?!module\.mjs$)|@swc\/helpers\/cjs\/|brotli\/(build|enc)\/)/,
  ],
]

export interface InstalledFile {
  /** From the node_modules folder at the top. */
  readonly path: string
  /** On a disk with blocks of 4 KB. */
  readonly bytes: number
  readonly isNeeded: boolean
}

/** Every file of the packages below `modules`; links are none. */
export function* installedFiles(modules: string, under = ''): Generator<InstalledFile> {
  for (const entry of readdirSync(join(modules, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) yield* installedFiles(modules, path)
    else if (entry.isFile()) {
      const bytes = Math.ceil(statSync(join(modules, path)).size / 4096) * 4096
      yield { path, bytes, isNeeded: isNeeded(path) }
    }
  }
}

/** @param path from the node_modules folder at the top, or from one within a package */
export function isNeeded(path: string): boolean {
  const inPackage = path.split('node_modules/').at(-1) ?? path
  return !unneeded.some(([, pattern]) => pattern.test(inPackage))
}
