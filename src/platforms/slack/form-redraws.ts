/** What the last redraw of a form left: which choice it was for, and the hash of the view that it made. */
export interface FormRedraw {
  /** Counts the choices of this process: the later one has the greater turn. */
  readonly turn: number
  readonly hash: string
}

/** By view: what its last redraw left, so that one choice after another is drawn. */
export interface FormRedraws {
  nextTurn(): number
  note(viewId: string, redraw: FormRedraw): void
  last(viewId: string): FormRedraw | undefined
}

/** Forms that are open at one time, with room to spare. */
const mostForms = 1_000

export function createFormRedraws(): FormRedraws {
  const redraws = new Map<string, FormRedraw>()
  let turns = 0
  return {
    nextTurn: () => {
      turns += 1
      return turns
    },
    note: (viewId, redraw) => {
      redraws.delete(viewId)
      redraws.set(viewId, redraw)
      const [oldest] = redraws.keys()
      if (redraws.size > mostForms && oldest !== undefined) redraws.delete(oldest)
    },
    last: (viewId) => redraws.get(viewId),
  }
}
