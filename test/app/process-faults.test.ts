import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { describe, expect, test } from '@jest/globals'
import { handleProcessFaults, type StrayFault } from '../../src/app/process-faults.ts'

function watched({ stop }: { stop: () => Promise<void> }) {
  const source = new EventEmitter()
  const counted: StrayFault[] = []
  const exits: number[] = []
  const errors: object[] = []
  const quiet = () => {}
  handleProcessFaults(source, {
    log: { info: quiet, warn: quiet, error: (fields) => errors.push(fields) },
    count: (fault) => counted.push(fault),
    stop,
    exit: (code) => exits.push(code),
    patienceMs: 50,
  })
  return { source, counted, exits, errors }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 100))

describe('a rejection that nobody handled', () => {
  test('is logged with its stack and counted, and nothing stops', async () => {
    let stops = 0
    const at = watched({
      stop: async () => {
        stops += 1
      },
    })
    at.source.emit('unhandledRejection', new Error('out of a library'))
    at.source.emit('unhandledRejection', undefined)
    await settled()
    expect(at.errors).toEqual([
      { error: 'out of a library', stack: expect.stringContaining('process-faults.test') },
      { error: 'undefined', stack: undefined },
    ])
    expect([at.counted, at.exits, stops]).toEqual([['rejection', 'rejection'], [], 0])
  })
})

describe('an exception that nobody caught', () => {
  test('lets what is in progress finish, and ends with 1', async () => {
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
    const at = watched({ stop: () => finished })
    at.source.emit('uncaughtException', new Error('in a timer'))
    await Promise.resolve()
    expect(at.exits).toEqual([])
    finish()
    await settled()
    expect([at.counted, at.exits]).toEqual([['exception'], [1]])
  })

  test('ends with 1 all the same where finishing takes too long, or fails', async () => {
    const hanging = watched({ stop: () => new Promise(() => {}) })
    const failing = watched({ stop: () => Promise.reject(new Error('the database is away')) })
    for (const { source } of [hanging, failing]) source.emit('uncaughtException', new Error('x'))
    await settled()
    expect([hanging.exits, failing.exits]).toEqual([[1], [1]])
  })

  test('for the second time ends at once', () => {
    const at = watched({ stop: () => new Promise(() => {}) })
    at.source.emit('uncaughtException', new Error('one'))
    at.source.emit('uncaughtException', new Error('another'))
    expect(at.exits).toEqual([1])
  })
})

test('a process of Node’s survives a stray rejection, and ends with 1 on an exception', async () => {
  const module = new URL('../../src/app/process-faults.ts', import.meta.url).href
  const script = `
    import { handleProcessFaults } from ${JSON.stringify(module)}
    const say = (what) => console.log(what)
    const log = { info: () => {}, warn: () => {}, error: ({ error }) => say(error) }
    const stop = async () => say('finished')
    handleProcessFaults(process, { log, count: () => {}, stop, exit: process.exit })
    Promise.reject(new Error('stray'))
    setTimeout(() => {
      say('goes on')
      throw new Error('broken')
    }, 20)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script])
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  expect([output.trim().split('\n'), code]).toEqual([['stray', 'goes on', 'broken', 'finished'], 1])
})
