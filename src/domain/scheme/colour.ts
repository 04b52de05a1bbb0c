/** What a state may be shown in, beside its word and its shape: never alone. */
export const colours = ['red', 'amber', 'green', 'blue', 'grey'] as const
export type Colour = (typeof colours)[number]
