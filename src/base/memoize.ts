/**
 * The same pure function, which works out each answer once. It holds `most` answers and then begins anew, so that it
 * never grows without bound. For what is asked millions of times of a few thousand days.
 */
export function memoize<Asked extends string | number, Answer>(
  work: (asked: Asked) => Answer,
  most = 20_000,
): (asked: Asked) => Answer {
  const known = new Map<Asked, Answer>()
  return (asked) => {
    const before = known.get(asked)
    if (before !== undefined || known.has(asked)) return before as Answer
    if (known.size >= most) known.clear()
    const answer = work(asked)
    known.set(asked, answer)
    return answer
  }
}
