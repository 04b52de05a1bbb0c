/** How papers look in every format. Text on a fill has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const paperLooks = {
  ink: '#1a1a1a',
  /** Of headings, and of the header rows of tables. */
  brand: '#1d3c5a',
  headerFill: '#1d3c5a',
  headerInk: '#ffffff',
  line: '#808080',
  /** Arial is on every office's machine; a PDF brings its own font with it. */
  fontOfWord: 'Arial',
}
