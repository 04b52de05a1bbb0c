/** Names of the commands by which roles are given and taken off. */
export const giveRoleName = 'people-role'
export const takeRoleName = 'people-take-out'
