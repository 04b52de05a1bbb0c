/** Jest runs the TypeScript as ES modules; swc only strips the types. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript' },
          // Node reads JSON only where the import says that it is JSON.
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/'],
  // A journey waits for deliveries that the platforms pace; a loaded machine is slow, not wrong.
  testTimeout: 30_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // A third worker on two cores gains nothing: processor time is what a run takes.
  maxWorkers: 2,
  // ES modules of a test file stay in the memory of its worker: a worker that has grown is replaced by a new one.
  workerIdleMemoryLimit: '1500MB',
}
