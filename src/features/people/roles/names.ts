/** Names of the commands that this folder's cards and commands call each other by. */
export const giveRoleName = 'people-role'
export const takeRoleName = 'people-take-out'
