/** How exactly a deadline's text says its day. */
export type Precision = 'day' | 'month' | 'range' | 'none'
