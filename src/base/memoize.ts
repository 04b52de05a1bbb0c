/**
 * The same pure function, computing each answer once. It keeps `maxAnswers` and then starts again empty, so that it
 * never grows without bound. For what is asked millions of times of a few thousand days.
 */
export function memoize<Argument extends string | number, Answer>(
  compute: (argument: Argument) => Answer,
  maxAnswers = 20_000,
): (argument: Argument) => Answer {
  const answers = new Map<Argument, Answer>()
  return (argument) => {
    const known = answers.get(argument)
    if (known !== undefined || answers.has(argument)) return known as Answer
    if (answers.size >= maxAnswers) answers.clear()
    const answer = compute(argument)
    answers.set(argument, answer)
    return answer
  }
}

/** The same for objects: an answer is kept as long as its argument. */
export function memoizeByObject<Argument extends object, Answer extends object>(
  compute: (argument: Argument) => Answer,
): (argument: Argument) => Answer {
  const answers = new WeakMap<Argument, Answer>()
  return (argument) => {
    const known = answers.get(argument)
    if (known) return known
    const answer = compute(argument)
    answers.set(argument, answer)
    return answer
  }
}

/** A value that is worked out when it is first asked for, and then kept. */
export function memoizeOnce<T>(work: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: work() }
    return known.value
  }
}
