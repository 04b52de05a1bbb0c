import { expect, test } from '@jest/globals'
import { RateLimiter } from '../../../src/playground/teams/rate-limiter.ts'

function ratesFrom(start: string) {
  let now = new Date(start).getTime()
  const rates = new RateLimiter({ now: () => new Date(now) })
  return {
    send: (conversation = 'a:1') => rates.tryAcquire('send', conversation),
    wait: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

test('Seven posts go to one conversation in a second; the eighth waits, elsewhere none does', () => {
  const { send, wait } = ratesFrom('2017-02-27T09:00:00Z')
  expect(Array.from({ length: 7 }, () => send())).toEqual(Array(7).fill(null))
  expect(send()).toBe(1)
  expect(send('a:2')).toBeNull()
  wait(1000)
  expect(send()).toBeNull()
})

test('Sixty go in half a minute; one more waits for the first to be half a minute old', () => {
  const { send, wait } = ratesFrom('2017-02-27T09:00:00Z')
  for (let count = 0; count < 60; count += 1) {
    expect(send()).toBeNull()
    wait(300)
  }
  expect(send()).toBe(12)
  wait(12_000)
  expect(send()).toBeNull()
})
