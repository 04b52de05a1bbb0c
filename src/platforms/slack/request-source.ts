import { z } from 'zod'

/** From which workspace a payload of Slack's came, whatever it is. */
export interface RequestSource {
  /** The workspaces of which one has the app, the likeliest first. */
  readonly teams: readonly string[]
  /** Their Slack organisation, where they are in one. */
  readonly enterprise: string | undefined
  /** Whether the app was installed for that whole organisation. */
  readonly isEnterpriseInstall: boolean
}

const withId = z.object({ id: z.string().nullish() }).nullish()
const isTrue = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 'true')

const schema = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: isTrue,
  team: withId,
  enterprise: withId,
  user: z.object({ team_id: z.string().nullish() }).nullish(),
  view: z.object({ app_installed_team_id: z.string().nullish() }).nullish(),
  authorizations: z
    .array(
      z.object({
        team_id: z.string().nullish(),
        enterprise_id: z.string().nullish(),
        is_enterprise_install: isTrue,
      }),
    )
    .default([])
    .catch([]),
})

/**
 * A view tells where the app is installed, because in a channel that two organisations share its reader may be of the
 * other one. Where an app is installed for an organisation, `team` may be null: then the person's workspace counts.
 * Source: https://docs.slack.dev/apis/events-api, https://docs.slack.dev/reference/interaction-payloads
 */
export function sourceOf(body: unknown): RequestSource {
  const { team_id, enterprise_id, team, enterprise, user, view, authorizations, ...rest } =
    schema.parse(body)
  const [authorization] = authorizations
  const teams = [
    view?.app_installed_team_id,
    team_id,
    authorization?.team_id,
    team?.id,
    ...(team?.id || team_id ? [] : [user?.team_id]),
  ]
  return {
    teams: [...new Set(teams.flatMap((id) => id || []))],
    enterprise: enterprise_id ?? authorization?.enterprise_id ?? enterprise?.id ?? undefined,
    isEnterpriseInstall:
      rest.is_enterprise_install || authorization?.is_enterprise_install === true,
  }
}
