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

/** Under this key settings as at an earlier day hold what dated ones were then. JSON and entries leave it out. */
const valuesThen = Symbol('values then')

const settingsColumn = z
  .record(z.string(), z.unknown())
  .transform((stored) => stored as unknown as ProgrammeSettings)

/** The JSON column of a programme, of which each setting is validated when it is read. @throws ZodError */
export function parseSettings(column: unknown): ProgrammeSettings {
  return settingsColumn.parse(column ?? {})
}

/** The settings of a programme that chose nothing. */
export const noSettings = parseSettings({})

/** The settings as at an earlier day: `then` are the stored values of that day, of those that changed since. */
export function settingsAsAt(
  settings: ProgrammeSettings,
  then: Readonly<Record<string, unknown>>,
): ProgrammeSettings {
  const asAt = { ...settings, [valuesThen]: then }
  return asAt
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

/**
 * A setting, which belongs to the domain that declares it. Its schema has a default, or is optional. `isDated`: it says
 * what was meant by what was said, so that a plan as at an earlier day has its value of that day. Others say what may be
 * read, sent or done now, whatever day is asked about.
 */
export function defineSetting<Schema extends z.ZodType>({
  key,
  schema,
  isDated = false,
}: {
  readonly key: string
  readonly schema: Schema
  readonly isDated?: boolean
}): Setting<z.output<Schema>, z.input<Schema>> {
  const parsed = new WeakMap<ProgrammeSettings, { readonly value: z.output<Schema> }>()
  return {
    key,
    accepts: (stored) => schema.safeParse(stored).success,
    of: (settings) => {
      const known = parsed.get(settings)
      if (known) return known.value
      const value = schema.parse(storedValue(settings, key, isDated))
      parsed.set(settings, { value })
      return value
    },
    with: (settings, value) => ({ ...settings, [key]: schema.parse(value) }),
  }
}

function storedValue(settings: ProgrammeSettings, key: string, isDated: boolean): unknown {
  const stored: StoredSettings = settings as unknown as StoredSettings
  const then = isDated ? stored[valuesThen] : undefined
  // Null: nothing was stored then.
  return then && key in then ? (then[key] ?? undefined) : stored[key]
}

interface StoredSettings {
  readonly [key: string]: unknown
  readonly [valuesThen]?: Readonly<Record<string, unknown>>
}
