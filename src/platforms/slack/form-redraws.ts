/** What the last redraw of a form left: which choice it was for, and the hash of the view that it made. */
export interface FormRedraw {
  /** Counts the choices of this process: the later one has the greater turn. */
  readonly turn: number
  readonly hash: string
}

export interface FormRedraws {
  nextTurn(): number
  /**
   * Redraws of one view follow one another, so that each knows what the last one left: the answer to a redraw may come
   * after the next choice. `draw` gives what it leaves itself. @throws as `draw` does; the next one goes on all the same
   */
  inOrder(
    viewId: string,
    draw: (last: FormRedraw | undefined) => Promise<FormRedraw | undefined>,
  ): Promise<void>
}

/** Forms that are open at one time, with room to spare. */
const mostForms = 1_000

export function createFormRedraws(): FormRedraws {
  const redraws = new Map<string, Promise<FormRedraw | undefined>>()
  let turns = 0
  return {
    nextTurn: () => {
      turns += 1
      return turns
    },
    async inOrder(viewId, draw) {
      const before = redraws.get(viewId) ?? Promise.resolve(undefined)
      const drawing = before.then(async (last) => (await draw(last)) ?? last)
      redraws.delete(viewId)
      redraws.set(
        viewId,
        drawing.catch(() => before),
      )
      const [oldest] = redraws.keys()
      if (redraws.size > mostForms && oldest !== undefined) redraws.delete(oldest)
      await drawing
    },
  }
}
