/** Name of the command by which the notice and the list of people hand somebody's work over. */
export const handOverName = 'hand-over'
