import { findAttribute } from '../../../domain/plan/attributes/attribute.ts'
import { planAttributes } from '../../../domain/plan/attributes/registry.ts'
import {
  findGivenValue,
  type GivenValue,
  latestValueBy,
  takeValueBack,
} from '../../../domain/plan/attributes/value-undo.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import { findProject } from '../../../domain/plan/lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Values of a project's attributes, such as its start day. */
export const attributes = undoableKind(
  'attribute',
  { find: findGivenValue, latest: latestValueBy },
  undoableOf,
)

function undoableOf(given: GivenValue): Undoable {
  const { programmeId, projectId, key, byId, at } = given
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context) => {
      const project = await findProject(context, projectId)
      const { value, undo } = await takeValueBack(context, project, given)
      const attribute = findAttribute(planAttributes, key)
      const text = value === null ? 'none' : (attribute?.format(value) ?? value)
      const line = `Taken back: ${attribute?.column ?? key} is ${text} again.`
      return { lines: [formatProject(project), line], redo: { attribute: undo } }
    },
  }
}
