/** What pdfkit 0.20 takes and its types leave out. https://pdfkit.org/docs/accessibility.html */
declare namespace PDFKit.Mixins {
  interface StructureElementOptions {
    /** Of a header cell: what it heads. */
    scope?: 'Column' | 'Row'
    /** Of a figure: left, top, right and bottom, in points. */
    bbox?: number[]
  }
}
