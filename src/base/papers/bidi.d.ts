/** The part of bidi-js that papers use; its own types are of a module that Node does not load. */
declare module 'bidi-js/dist/bidi.mjs' {
  export interface Embedding {
    /** Of each UTF-16 unit: odd where it is read from the right. */
    readonly levels: Uint8Array
    /** `end` is the last unit. */
    readonly paragraphs: readonly {
      readonly start: number
      readonly end: number
      readonly level: number
    }[]
  }
  export default function bidiFactory(): {
    getEmbeddingLevels(text: string, direction: 'ltr' | 'rtl'): Embedding
    /** The units from left to right as they are drawn. */
    getReorderedIndices(text: string, embedding: Embedding): readonly number[]
    getMirroredCharacter(character: string): string | null
  }
}
