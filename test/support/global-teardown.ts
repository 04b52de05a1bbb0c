/** After all tests, failed ones too. Jest loads this file twice, so what is to be done waits on the process. */
const key = Symbol.for('milepost.tests.end')

/** Leaves `work` for the end of the run. */
export function atTheEnd(work: () => Promise<void>): void {
  Object.defineProperty(process, key, { value: work })
}

export default async function tearDown(): Promise<void> {
  const work: unknown = Reflect.get(process, key)
  if (typeof work === 'function') await work()
}
