import { isAdminHere } from '../authority/admins.ts'
import type { Actor } from '../base/actor.ts'
import { dateIn } from '../base/dates.ts'
import { Refusal } from '../base/errors.ts'
import { inLanguage } from '../base/language.ts'
import type { ChatRequest } from './request.ts'
import {
  type LineContext,
  type ResolvedInput,
  refuseLength,
  resolveAction,
  resolveFiles,
  resolveLine,
  resolveReading,
} from './resolve-command.ts'
import type { RouterOptions } from './router-options.ts'

/** A request, and what it asks for: the line is parsed once. */
export interface ResolvedRequest extends ChatRequest {
  readonly resolved: ResolvedInput
  /** Who typed the line, as read before it was parsed, outside any transaction. */
  readonly author?: Actor | undefined
  /** What commands and lookups have to say besides the answer; the same sentence once. */
  readonly remarks: Set<string>
}

/**
 * Who it is comes before what they say: a line is parsed once its author is known. A stranger who is refused may be
 * somebody whom the office knows by name.
 */
export async function resolveRequest(
  options: RouterOptions,
  request: ChatRequest,
): Promise<Pick<ResolvedRequest, 'resolved' | 'author'>> {
  const { db, clock, commands, prefix, resolveActor, installation, recogniseNewcomer } = options
  const { input, actor: identity, place, directPlace } = request
  if ('verb' in input) return { resolved: resolveAction(commands, input) }
  const tooLong = refuseLength(input.text)
  if (tooLong) return { resolved: tooLong }
  const author = await resolveActor(db, identity, request, clock.now())
  const admins = installation?.admins ?? []
  const asked = {
    ...{ actor: author, prefix: prefix(place.platform) },
    isAdmin: isAdminHere(admins, author),
  }
  const resolved =
    input.by === 'files'
      ? resolveFiles(commands, input, { ...asked, isDirect: directPlace !== undefined })
      : await resolveOwnWords(options, input.text, asked)
  const isRefusedStranger =
    author.personId === null && !asked.isAdmin && resolved.kind === 'unknown'
  // In a place of another organisation nobody is recognised: what their own one knows is not said there.
  const mayBeKnown = isRefusedStranger && !author.isInOtherOrganisation
  const text = mayBeKnown ? await recogniseNewcomer?.(author) : undefined
  return { resolved: text ? { kind: 'unknown', refusal: new Refusal(text) } : resolved, author }
}

async function resolveOwnWords(
  { db, clock, commands, readLine }: RouterOptions,
  text: string,
  asked: LineContext,
): Promise<ResolvedInput> {
  const { actor } = asked
  if (!readLine || actor.personId === null) return resolveLine(commands, text, asked)
  const line = { text, actor, today: dateIn(actor.zone, clock.now()) }
  const reading = await inLanguage(actor.language, () => readLine(db, line))
  return resolveReading(commands, reading, asked)
}
