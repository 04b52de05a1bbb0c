/** One file that imports another: paths from the root of the repository. */
export interface Import {
  readonly from: string
  readonly to: string
}

/** Folders side by side that import one another in a circle, with the imports that tie them. */
export interface FolderCircle {
  /** The folder that holds them. */
  readonly parent: string
  /** Their names, in the order of the alphabet. */
  readonly folders: readonly string[]
  readonly imports: readonly Import[]
}

/**
 * Finds the circles between sibling folders, at every depth. An import counts between the two siblings that the
 * importing and the imported file stand in; a folder's own files and its subfolders are one room, so an import between
 * a folder and its own subfolder is none.
 */
export function findFolderCircles(imports: readonly Import[]): FolderCircle[] {
  return parentsOf(imports).flatMap((parent) => circlesIn(parent, imports))
}

function parentsOf(imports: readonly Import[]): string[] {
  const parents = new Set<string>()
  for (const { from } of imports) {
    const parts = from.split('/').slice(0, -1)
    for (let depth = 1; depth <= parts.length; depth += 1)
      parents.add(parts.slice(0, depth).join('/'))
  }
  return [...parents].toSorted()
}

function circlesIn(parent: string, imports: readonly Import[]): FolderCircle[] {
  const arrows = imports.flatMap((one) => {
    const [from, to] = [folderIn(parent, one.from), folderIn(parent, one.to)]
    return from !== undefined && to !== undefined && from !== to ? [{ from, to, one }] : []
  })
  const reach = reachability(arrows)
  const isInCircle = (a: string, b: string) => reach.get(a)?.has(b) && reach.get(b)?.has(a)
  const seen = new Set<string>()
  return [...reach.keys()].toSorted().flatMap((folder) => {
    if (seen.has(folder) || !isInCircle(folder, folder)) return []
    const folders = [...reach.keys()].filter((other) => isInCircle(folder, other)).toSorted()
    for (const one of folders) seen.add(one)
    const ties = arrows.filter(({ from, to }) => folders.includes(from) && folders.includes(to))
    return [{ parent, folders, imports: ties.map(({ one }) => one) }]
  })
}

/** The folder directly below `parent` that a file stands in; undefined where it stands elsewhere. */
function folderIn(parent: string, file: string): string | undefined {
  if (!file.startsWith(`${parent}/`)) return undefined
  const [folder, ...rest] = file.slice(parent.length + 1).split('/')
  return rest.length > 0 ? folder : undefined
}

/** From each folder all that can be reached along the arrows. */
function reachability(
  arrows: readonly { readonly from: string; readonly to: string }[],
): Map<string, Set<string>> {
  const reach = new Map<string, Set<string>>()
  for (const { from, to } of arrows) reach.set(from, (reach.get(from) ?? new Set()).add(to))
  for (let grew = true; grew; ) {
    grew = false
    for (const known of reach.values()) {
      const before = known.size
      for (const next of [...known]) for (const far of reach.get(next) ?? []) known.add(far)
      grew ||= known.size > before
    }
  }
  return reach
}
