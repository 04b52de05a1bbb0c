/** Names of the commands that this folder's cards and commands call each other by. */
export const linkName = 'people-link'
export const linkAllName = 'people-link-all'
export const unlinkName = 'people-unlink'
export const accountsName = 'people-accounts'
