/**
 * Has Jest begin with the files that take longest, so that no worker is left alone with one at the end. Where Jest has not
 * run before, it knows only how large a file is, and the longest are among the smallest.
 */
import Sequencer from '@jest/test-sequencer'
import { longestFiles } from './longest-files.ts'

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => place(one) - place(other))
  }
}

function place({ path }) {
  const found = longestFiles.findIndex((name) => path.endsWith(`/${name}`))
  return found < 0 ? longestFiles.length : found
}
