import { noteInSpan, step } from '../../base/tracing.ts'
import { type ChatPlatform, isPlatformError } from '../../chat/port.ts'

/** The same platform, each call of which is a step of the trace in which it is made. */
export function tracedPlatform(platform: ChatPlatform): ChatPlatform {
  const { name } = platform
  const traced =
    <Given extends unknown[], Result>(call: string, work: (...given: Given) => Promise<Result>) =>
    (...given: Given): Promise<Result> =>
      step('platform call', { platform: name, call }, async () => {
        try {
          const result = await work(...given)
          noteInSpan({ status: 'ok' })
          return result
        } catch (error) {
          if (isPlatformError(error)) noteInSpan({ status: error.code })
          throw error
        }
      })
  const { publishHome } = platform
  return {
    name,
    send: traced('send', (place, message) => platform.send(place, message)),
    update: traced('update', (address, message) => platform.update(address, message)),
    find: traced('find', (place, key, since, thread) => platform.find(place, key, since, thread)),
    profile: traced('profile', (identity) => platform.profile(identity)),
    members: traced('members', (request) => platform.members(request)),
    channel: traced('channel', (place) => platform.channel(place)),
    ...(publishHome && {
      publishHome: traced('publishHome', (account, card) =>
        publishHome.call(platform, account, card),
      ),
    }),
  }
}
