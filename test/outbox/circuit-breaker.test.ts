import { describe, expect, test } from '@jest/globals'
import { createCircuitBreaker, failureThreshold } from '../../src/outbox/circuit-breaker.ts'

const at = (seconds: number) => new Date(1_000 * seconds)
const workspace = 'slack/T1'

function failing(times: number, seconds = 0) {
  const circuit = createCircuitBreaker()
  for (let count = 0; count < times; count += 1) {
    circuit.recordFailure(workspace, `C${count}`, at(seconds))
  }
  return circuit
}

describe('a workspace is held', () => {
  test('after five conversations failed, and not after four', () => {
    expect(failing(failureThreshold - 1).openCircuits(at(0))).toEqual([])
    expect(failing(failureThreshold).openCircuits(at(0))).toEqual([
      { workspace, maxInFlight: 0, openUntil: at(5) },
    ])
  })

  test('not by one conversation that fails again and again', () => {
    const circuit = createCircuitBreaker()
    for (let count = 0; count < 100; count += 1) circuit.recordFailure(workspace, 'C1', at(count))
    expect(circuit.openCircuits(at(100))).toEqual([])
  })

  test('not where one answered in between', () => {
    const circuit = failing(failureThreshold - 1)
    circuit.recordSuccess(workspace)
    circuit.recordFailure(workspace, 'C9', at(0))
    expect(circuit.openCircuits(at(0))).toEqual([])
  })

  test('for as long as it asked, where that is longer', () => {
    const circuit = failing(failureThreshold - 1)
    circuit.recordFailure(workspace, 'C9', at(0), 30_000)
    expect(circuit.openCircuits(at(0))).toMatchObject([{ openUntil: at(30) }])
  })

  test('without a word about any other', () => {
    expect(
      failing(failureThreshold)
        .openCircuits(at(0))
        .map((one) => one.workspace),
    ).toEqual([workspace])
  })
})

describe('when its time is over', () => {
  test('one may be tried, and no second one beside it', () => {
    const circuit = failing(failureThreshold)
    expect(circuit.openCircuits(at(5))).toMatchObject([{ maxInFlight: 1 }])
    circuit.recordStart(workspace)
    expect(circuit.openCircuits(at(5))).toMatchObject([{ maxInFlight: 0 }])
  })

  test('an answer lets all go on', () => {
    const circuit = failing(failureThreshold)
    circuit.recordStart(workspace)
    circuit.recordSuccess(workspace)
    expect(circuit.openCircuits(at(5))).toEqual([])
  })

  test('a failure holds it for twice as long, up to five minutes', () => {
    const circuit = failing(failureThreshold)
    const holds: number[] = []
    for (let tries = 0, now = 5; tries < 8; tries += 1) {
      circuit.recordStart(workspace)
      circuit.recordFailure(workspace, 'C1', at(now))
      const [held] = circuit.openCircuits(at(now))
      holds.push((Number(held?.openUntil) - Number(at(now))) / 1_000)
      now = Number(held?.openUntil) / 1_000
    }
    expect(holds).toEqual([10, 20, 40, 80, 160, 300, 300, 300])
  })

  test('one that ended without asking the platform anything leaves its place to another', () => {
    const circuit = failing(failureThreshold)
    circuit.recordStart(workspace)
    circuit.recordEnd(workspace)
    expect(circuit.openCircuits(at(5))).toMatchObject([{ maxInFlight: 1 }])
  })

  test('what had been sent before it was held changes nothing more', () => {
    const circuit = failing(failureThreshold)
    circuit.recordFailure(workspace, 'C8', at(1))
    circuit.recordFailure(workspace, 'C9', at(2))
    expect(circuit.openCircuits(at(2))).toMatchObject([{ maxInFlight: 0, openUntil: at(5) }])
  })
})
