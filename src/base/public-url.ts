/** The address of a path below that by which the outside reaches Milepost, which may have a path of its own. */
export const urlBelow = (publicUrl: string, path: string): string =>
  `${publicUrl.replace(/\/+$/, '')}${path}`
