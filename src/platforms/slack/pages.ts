import { callSlack } from './errors.ts'

/** What every page of a list has. Source: https://docs.slack.dev/apis/web-api/pagination */
interface Page {
  readonly response_metadata?: { readonly next_cursor?: string | undefined } | undefined
}

/** Whether a page is the last one of its list. */
export const isLastPage = (page: Page): boolean => !page.response_metadata?.next_cursor

/**
 * The pages of a list, `maxPages` at most; each is asked for once the one before it was taken.
 * @throws PlatformError, whatever `read` throws
 */
export async function* readPages<P extends Page>(
  maxPages: number,
  read: (cursor: { readonly cursor?: string }) => Promise<P>,
): AsyncGenerator<P, void> {
  let cursor: string | undefined
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await callSlack(() => read(cursor ? { cursor } : {}))
    yield page
    if (isLastPage(page)) return
    cursor = page.response_metadata?.next_cursor
  }
}
