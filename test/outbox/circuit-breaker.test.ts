import { describe, expect, test } from '@jest/globals'
import { createCircuitBreaker, failureThreshold } from '../../src/outbox/circuit-breaker.ts'

const at = (seconds: number) => new Date(1_000 * seconds)
const workspace = 'slack/T1'

function breakerAfter(times: number, seconds = 0) {
  const circuit = createCircuitBreaker()
  for (let count = 0; count < times; count += 1) {
    circuit.recordFailure(workspace, `C${count}`, at(seconds))
  }
  return circuit
}

describe('the circuit of a workspace opens', () => {
  test('after failures in five conversations, not in four', () => {
    expect(breakerAfter(failureThreshold - 1).openCircuits(at(0))).toEqual([])
    expect(breakerAfter(failureThreshold).openCircuits(at(0))).toEqual([
      { workspace, maxInFlight: 0, openUntil: at(5) },
    ])
  })

  test('not for repeated failures of one conversation', () => {
    const circuit = createCircuitBreaker()
    for (let count = 0; count < 100; count += 1) circuit.recordFailure(workspace, 'C1', at(count))
    expect(circuit.openCircuits(at(100))).toEqual([])
  })

  test('not if one call succeeded in between', () => {
    const circuit = breakerAfter(failureThreshold - 1)
    circuit.recordSuccess(workspace)
    circuit.recordFailure(workspace, 'C9', at(0))
    expect(circuit.openCircuits(at(0))).toEqual([])
  })

  test('for as long as the platform asks, if that is longer', () => {
    const circuit = breakerAfter(failureThreshold - 1)
    circuit.recordFailure(workspace, 'C9', at(0), 30_000)
    expect(circuit.openCircuits(at(0))).toMatchObject([{ openUntil: at(30) }])
  })

  test('without affecting any other workspace', () => {
    expect(
      breakerAfter(failureThreshold)
        .openCircuits(at(0))
        .map((one) => one.workspace),
    ).toEqual([workspace])
  })
})

describe('when the circuit was open for long enough', () => {
  test('one call may be tried, and no second one beside it', () => {
    const circuit = breakerAfter(failureThreshold)
    expect(circuit.openCircuits(at(5))).toMatchObject([{ maxInFlight: 1 }])
    circuit.recordStart(workspace)
    expect(circuit.openCircuits(at(5))).toMatchObject([{ maxInFlight: 0 }])
  })

  test('a success closes it', () => {
    const circuit = breakerAfter(failureThreshold)
    circuit.recordStart(workspace)
    circuit.recordSuccess(workspace)
    expect(circuit.openCircuits(at(5))).toEqual([])
  })

  test('a failure opens it for twice as long, up to five minutes', () => {
    const circuit = breakerAfter(failureThreshold)
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

  test('an attempt that ended without a call leaves its place to another', () => {
    const circuit = breakerAfter(failureThreshold)
    circuit.recordStart(workspace)
    circuit.recordEnd(workspace)
    expect(circuit.openCircuits(at(5))).toMatchObject([{ maxInFlight: 1 }])
  })

  test('failures of calls made before it opened do not extend it', () => {
    const circuit = breakerAfter(failureThreshold)
    circuit.recordFailure(workspace, 'C8', at(1))
    circuit.recordFailure(workspace, 'C9', at(2))
    expect(circuit.openCircuits(at(2))).toMatchObject([{ maxInFlight: 0, openUntil: at(5) }])
  })
})
