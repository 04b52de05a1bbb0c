import type { PlanAttribute } from '../../domain/plan/attributes/attribute.ts'
import { planAttributes } from '../../domain/plan/attributes/registry.ts'
import { sheetFormats } from './formats/index.ts'
import type { SheetFormat } from './formats/sheet-format.ts'

/** What an import knows: the kinds of sheets, and the attributes of projects that may stand in any of them. */
export interface ImportRegistries {
  readonly formats: readonly SheetFormat[]
  readonly attributes: readonly PlanAttribute[]
}

export const importRegistries: ImportRegistries = {
  formats: sheetFormats,
  attributes: planAttributes,
}
