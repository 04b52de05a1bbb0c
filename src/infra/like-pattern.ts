/** The pattern of LIKE for what holds a text, whatever signs are in it. */
export const likeContaining = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
