import type { CivilDate } from '../../../base/dates.ts'
import type { Entry } from '../../register/entry.ts'
import { nouns } from '../../register/format.ts'
import { heldUp, registerAsAt } from '../../register/rules.ts'
import { schemeOf } from '../../scheme/schemes.ts'
import type { DigestAsked, DigestContent, LeftOut, RegisterItem } from './content.ts'
import { counted } from './omissions.ts'

type News = Pick<DigestContent, 'decisions' | 'risks' | 'dependencies' | 'headlines'>

/**
 * What there is to say of the register: every decision that is needed, the risks in the worst state and the new ones,
 * what is held up by another project, and the headlines since the last digest.
 */
export function registerNews(asked: DigestAsked): News {
  const { plan } = asked
  const scheme = schemeOf(plan.programme.settings)
  const open = openIn(asked)
  const item = itemIn(asked)
  return {
    decisions: open.decisions.map((entry) => {
      const { askedOf, neededBy } = entry
      return { ...item(entry), askedOf, neededBy }
    }),
    risks: open.risks
      .map((entry) => ({ ...item(entry), state: entry.state, mitigation: entry.mitigation }))
      .filter(({ state, isNew }) => isNew || state === scheme.states[0]?.key),
    dependencies: heldUp(open.dependencies, plan, scheme).map(
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
export function registerLeftOut(asked: DigestAsked, { risks, dependencies }: News): LeftOut[] {
  const open = openIn(asked)
  const [risk, manyRisks] = nouns.risk
  const [dependency, manyDependencies] = nouns.dependency
  return [
    ...counted(
      open.risks.length - risks.length,
      [`other open ${risk}`, `other open ${manyRisks}`],
      'risks',
    ),
    ...counted(
      open.dependencies.length - dependencies.length,
      [`${dependency} that is not held up`, `${manyDependencies} that are not held up`],
      'dependencies',
    ),
  ]
}

/** What the next digest knows the register by. */
export function registerSnapshot({ register, plan }: DigestAsked): string[] {
  return register.filter(({ onDay }) => onDay <= plan.asAt).map(({ id }) => id)
}

const openIn = ({ register, plan }: DigestAsked) =>
  registerAsAt(register, plan.asAt, schemeOf(plan.programme.settings))

/** New: the last digest did not know it; where that kept no register, or there was none, by its day. */
function itemIn({ previous, since }: DigestAsked): (entry: Entry) => RegisterItem {
  const known = previous?.snapshot.register
  const isNew = known
    ? ({ id }: Entry) => !known.includes(id)
    : ({ onDay }: { readonly onDay: CivilDate }) => onDay >= (previous?.asAt ?? since)
  return (entry) => {
    const { id, number, text, project } = entry
    return { entryId: id, number, text, project, isNew: isNew(entry) }
  }
}
