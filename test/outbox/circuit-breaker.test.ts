import { describe, expect, test } from '@jest/globals'
import { createCircuit, failuresThatHold } from '../../src/outbox/circuit-breaker.ts'

const at = (seconds: number) => new Date(1_000 * seconds)
const workspace = 'slack/T1'

function failing(times: number, seconds = 0) {
  const circuit = createCircuit()
  for (let count = 0; count < times; count += 1) {
    circuit.failed(workspace, `C${count}`, at(seconds))
  }
  return circuit
}

describe('a workspace is held', () => {
  test('after five conversations failed, and not after four', () => {
    expect(failing(failuresThatHold - 1).troubled(at(0))).toEqual([])
    expect(failing(failuresThatHold).troubled(at(0))).toEqual([
      { workspace, most: 0, until: at(5) },
    ])
  })

  test('not by one conversation that fails again and again', () => {
    const circuit = createCircuit()
    for (let count = 0; count < 100; count += 1) circuit.failed(workspace, 'C1', at(count))
    expect(circuit.troubled(at(100))).toEqual([])
  })

  test('not where one answered in between', () => {
    const circuit = failing(failuresThatHold - 1)
    circuit.answered(workspace)
    circuit.failed(workspace, 'C9', at(0))
    expect(circuit.troubled(at(0))).toEqual([])
  })

  test('for as long as it asked, where that is longer', () => {
    const circuit = failing(failuresThatHold - 1)
    circuit.failed(workspace, 'C9', at(0), 30_000)
    expect(circuit.troubled(at(0))).toMatchObject([{ until: at(30) }])
  })

  test('without a word about any other', () => {
    expect(
      failing(failuresThatHold)
        .troubled(at(0))
        .map((one) => one.workspace),
    ).toEqual([workspace])
  })
})

describe('when its time is over', () => {
  test('one may be tried, and no second one beside it', () => {
    const circuit = failing(failuresThatHold)
    expect(circuit.troubled(at(5))).toMatchObject([{ most: 1 }])
    circuit.taken(workspace)
    expect(circuit.troubled(at(5))).toMatchObject([{ most: 0 }])
  })

  test('an answer lets all go on', () => {
    const circuit = failing(failuresThatHold)
    circuit.taken(workspace)
    circuit.answered(workspace)
    expect(circuit.troubled(at(5))).toEqual([])
  })

  test('a failure holds it for twice as long, up to five minutes', () => {
    const circuit = failing(failuresThatHold)
    const holds: number[] = []
    for (let tries = 0, now = 5; tries < 8; tries += 1) {
      circuit.taken(workspace)
      circuit.failed(workspace, 'C1', at(now))
      const [held] = circuit.troubled(at(now))
      holds.push((Number(held?.until) - Number(at(now))) / 1_000)
      now = Number(held?.until) / 1_000
    }
    expect(holds).toEqual([10, 20, 40, 80, 160, 300, 300, 300])
  })

  test('one that ended without asking the platform anything leaves its place to another', () => {
    const circuit = failing(failuresThatHold)
    circuit.taken(workspace)
    circuit.released(workspace)
    expect(circuit.troubled(at(5))).toMatchObject([{ most: 1 }])
  })

  test('what had been sent before it was held changes nothing more', () => {
    const circuit = failing(failuresThatHold)
    circuit.failed(workspace, 'C8', at(1))
    circuit.failed(workspace, 'C9', at(2))
    expect(circuit.troubled(at(2))).toMatchObject([{ most: 0, until: at(5) }])
  })
})
