/** The part of saxen that Milepost uses; it has no types of its own. https://github.com/nikku/saxen */
declare module 'saxen' {
  export class Parser {
    on(
      event: 'openTag',
      handler: (
        name: string,
        attributes: () => Record<string, string> | false,
        decodeEntities: (text: string) => string,
      ) => void,
    ): this
    on(event: 'closeTag', handler: (name: string) => void): this
    on(
      event: 'text',
      handler: (text: string, decodeEntities: (text: string) => string) => void,
    ): this
    /** A declaration: <!DOCTYPE …>. */
    on(event: 'attention', handler: (text: string) => void): this
    on(event: 'error', handler: (error: Error) => void): this
    /** Throws what a handler throws. */
    parse(xml: string): void
    /** No handler is called any more. */
    stop(): void
  }
}
