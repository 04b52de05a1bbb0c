import type { CivilDate } from '../../../base/dates.ts'
import type { Entry } from '../../register/entry.ts'
import { kindNouns } from '../../register/format.ts'
import { heldUpDependencies, registerAsAt } from '../../register/rules.ts'
import { schemeOf } from '../../scheme/schemes.ts'
import type { DigestContent, DigestInput, Omission, RegisterItem } from './content.ts'
import { omissionOf } from './omissions.ts'

type RegisterChanges = Pick<DigestContent, 'decisions' | 'risks' | 'dependencies' | 'headlines'>

/**
 * What a digest lists of the register: every decision that is needed, risks in the worst state and new ones, what is
 * held up by another project, and the headlines since the last digest.
 */
export function composeRegisterChanges(input: DigestInput): RegisterChanges {
  const { plan } = input
  const scheme = schemeOf(plan.programme.settings)
  const open = openRegister(input)
  const item = registerItemMapper(input)
  return {
    decisions: open.decisions.map((entry) => {
      const { askedOf, neededBy } = entry
      return { ...item(entry), askedOf, neededBy }
    }),
    risks: open.risks
      .map((entry) => ({ ...item(entry), state: entry.state, mitigation: entry.mitigation }))
      .filter(({ state, isNew }) => isNew || state === scheme.states[0]?.key),
    dependencies: heldUpDependencies(open.dependencies, plan, scheme).map(
      ({ dependency, waitsFor: { id, ref, title }, state, missed }) => ({
        ...item(dependency),
        waitsFor: { id, ref, title },
        state: state.key,
        missed,
      }),
    ),
    headlines: open.headlines.map(item).filter(({ isNew }) => isNew),
  }
}

/** What is open and not listed. */
export function registerOmissions(
  input: DigestInput,
  { risks, dependencies }: RegisterChanges,
): Omission[] {
  const open = openRegister(input)
  const [risk, manyRisks] = kindNouns.risk
  const [dependency, manyDependencies] = kindNouns.dependency
  return [
    ...omissionOf(
      open.risks.length - risks.length,
      [`other open ${risk}`, `other open ${manyRisks}`],
      'risks',
    ),
    ...omissionOf(
      open.dependencies.length - dependencies.length,
      [`${dependency} that is not held up`, `${manyDependencies} that are not held up`],
      'dependencies',
    ),
  ]
}

/** The entries that the next digest compares with. */
export function registerSnapshot({ register, plan }: DigestInput): string[] {
  return register.filter(({ onDay }) => onDay <= plan.asAt).map(({ id }) => id)
}

const openRegister = ({ register, plan }: DigestInput) =>
  registerAsAt(register, plan.asAt, schemeOf(plan.programme.settings))

/** An entry is new where the last digest did not have it; where that kept no register, or there is none, by its day. */
function registerItemMapper({ previous, since }: DigestInput): (entry: Entry) => RegisterItem {
  const known = previous?.snapshot.register
  const isNew = known
    ? ({ id }: Entry) => !known.includes(id)
    : ({ onDay }: { readonly onDay: CivilDate }) => onDay >= (previous?.asAt ?? since)
  return (entry) => {
    const { id, number, text, project } = entry
    return { entryId: id, number, text, project, isNew: isNew(entry) }
  }
}
