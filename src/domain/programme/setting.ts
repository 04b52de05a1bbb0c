import { z } from 'zod'

/**
 * How one programme works: the JSON stored with it, of which every domain reads its own part with the settings it
 * defines. Everything has a default, so that a programme that never chose anything works as the published W17 sheet
 * does. Opaque, so that nobody reads a key that another domain owns.
 */
export interface ProgrammeSettings {
  readonly [storedJson]: true
}
declare const storedJson: unique symbol

/** The settings of a programme that chose nothing. */
export const noSettings = parseSettings({})

/** The JSON column of a programme, of which each setting is validated when it is read. @throws ZodError */
export function parseSettings(column: unknown): ProgrammeSettings {
  return z
    .record(z.string(), z.unknown())
    .transform((stored) => stored as unknown as ProgrammeSettings)
    .parse(column ?? {})
}

/** What the registry of settings (src/app/settings-registry.ts) knows of each. */
export interface SettingDefinition {
  /** Its key in the stored JSON: once released, it stays. */
  readonly key: string
  /** Whether a stored value is valid; undefined where none is stored. */
  accepts(stored: unknown): boolean
}

/** One thing that a programme chooses, or a few that belong together. */
export interface Setting<Value, Input = Value> extends SettingDefinition {
  /** What the programme chose, with defaults filled in: the same object each time. @throws ZodError */
  of(settings: ProgrammeSettings): Value
  /** The same settings, with this value instead. @throws ZodError */
  with(settings: ProgrammeSettings, value: Input): ProgrammeSettings
}

/** A setting, which belongs to the domain that declares it. Its schema has a default, or is optional. */
export function defineSetting<Schema extends z.ZodType>({
  key,
  schema,
}: {
  readonly key: string
  readonly schema: Schema
}): Setting<z.output<Schema>, z.input<Schema>> {
  const parsed = new WeakMap<ProgrammeSettings, { readonly value: z.output<Schema> }>()
  return {
    key,
    accepts: (stored) => schema.safeParse(stored).success,
    of: (settings) => {
      const known = parsed.get(settings)
      if (known) return known.value
      const value = schema.parse(storedValue(settings, key))
      parsed.set(settings, { value })
      return value
    },
    with: (settings, value) => ({ ...settings, [key]: schema.parse(value) }),
  }
}

function storedValue(settings: ProgrammeSettings, key: string): unknown {
  return Object.entries(settings).find(([stored]) => stored === key)?.[1]
}
