import { z } from 'zod'

/** The schemas of HTTP bodies. They accept additional fields, which Teams ignores. */

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive'

export const cardJson = z.record(z.string(), z.json())

const account = z.looseObject({ id: z.string().min(1) })

const attachment = z.looseObject({ contentType: z.string(), content: z.unknown() })

export const outgoingActivity = z.looseObject({
  type: z.string().min(1),
  text: z.string().nullish(),
  attachments: z.array(attachment).nullish(),
})
export type OutgoingActivity = z.infer<typeof outgoingActivity>

export const conversationParameters = z.looseObject({
  isGroup: z.boolean().nullish(),
  members: z.array(account).nullish(),
  tenantId: z.string().nullish(),
  activity: outgoingActivity.nullish(),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).nullish(),
      channel: z.looseObject({ id: z.string() }).nullish(),
    })
    .nullish(),
})
export type ConversationParameters = z.infer<typeof conversationParameters>

/** A bot's question whether a person wants a file. Source: Teams documentation, "Send and receive files using bot". */
export const fileConsentCard = z.looseObject({
  contentType: z.literal('application/vnd.microsoft.teams.card.file.consent'),
  name: z.string().min(1),
  content: z.looseObject({
    description: z.string().default(''),
    sizeInBytes: z.number().int().min(1),
    acceptContext: z.json().default({}),
  }),
})

/** What a bot shows of a file that it has put into a person's OneDrive. */
export const fileInfoCard = z.looseObject({
  contentType: z.literal('application/vnd.microsoft.teams.card.file.info'),
  contentUrl: z.string().min(1),
  name: z.string().min(1),
  content: z.looseObject({ uniqueId: z.string().min(1) }),
})

/** A missing field becomes empty, so that the issuer refuses it with its own error. */
export const tokenRequest = z.looseObject({
  grant_type: z.string().default(''),
  client_id: z.string().default(''),
  client_secret: z.string().default(''),
  scope: z.string().default(''),
})

/** A bot's response to a button. Source: Teams documentation, Universal Actions, response format. */
export const invokeResponse = z.discriminatedUnion('type', [
  z.looseObject({ statusCode: z.literal(200), type: z.literal(CARD_TYPE), value: cardJson }),
  z.looseObject({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: z.string(),
  }),
  z.looseObject({
    statusCode: z.number().min(400),
    type: z.literal('application/vnd.microsoft.error'),
    value: z.looseObject({ code: z.string(), message: z.string() }),
  }),
])
