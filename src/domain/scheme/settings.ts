import { z } from 'zod'
import { defineSetting, type ProgrammeSettings } from '../programme/setting.ts'
import { colours } from './colour.ts'

/** The schemes there are: four that are published, and what a programme made for itself. */
export const schemeKeys = ['rag', 'brag', 'delivery', 'confidence', 'own'] as const
export type SchemeKey = (typeof schemeKeys)[number]

/** Key of a scheme in schemes.ts, or 'own'. */
export const schemeSetting = defineSetting({
  key: 'scheme',
  isDated: true,
  schema: z.enum(schemeKeys).default('rag'),
})

const customState = z.object({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  label: z.string().min(1),
  letter: z.string().min(1).max(2),
  shape: z.string().min(1).max(2),
  colour: z.enum(colours),
  /** 0 is best. */
  severity: z.int().min(0),
  /** As it should be: on course or complete. Such a state needs no reason. */
  good: z.boolean(),
  words: z.array(z.string()).default([]),
})
export type CustomState = z.infer<typeof customState>

/** The states of a programme's own scheme, worst first: kept when it chooses another scheme. */
export const customStatesSetting = defineSetting({
  key: 'ownScheme',
  isDated: true,
  schema: z.array(customState).min(2).optional(),
})

/** Which scheme a programme uses, and the states of its own where it made some. */
export interface SchemeChoice {
  readonly scheme: SchemeKey
  readonly customStates: readonly CustomState[] | undefined
}

export function schemeChoiceOf(settings: ProgrammeSettings): SchemeChoice {
  return {
    scheme: schemeSetting.of(settings),
    customStates: customStatesSetting.of(settings),
  }
}

export function withSchemeChoice(
  settings: ProgrammeSettings,
  { scheme, customStates }: SchemeChoice,
): ProgrammeSettings {
  return customStatesSetting.with(schemeSetting.with(settings, scheme), customStates?.slice())
}

const criterion = z.object({
  key: z.string(),
  label: z.string(),
  critical: z.boolean().default(false),
})

/** Absent: the five criteria of W17 where the scheme is W17's too (RAG), else none. Empty: none are asked. */
export const criteriaSetting = defineSetting({
  key: 'criteria',
  isDated: true,
  schema: z.array(criterion).optional(),
})
