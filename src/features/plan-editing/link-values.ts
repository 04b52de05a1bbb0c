import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { fold, quoted } from '../../base/text.ts'
import { findProject } from '../../domain/plan/lookup.ts'
import { planOrder } from '../../domain/plan/plan-order.ts'
import { type FieldValue, isNone } from './field-value.ts'

/** What is linked with a part of the plan, as people write it: by its numbers. Ids in a stable order. */

const splitNumbers = (text: string) =>
  isNone(text) ? [] : text.split(/[,;&+]|\sand\s|\s/i).filter((part) => part.trim() !== '')

export const projectsValue: FieldValue = {
  parse: async (context, programmeId, text) => {
    const ids = new Set<string>()
    for (const number of splitNumbers(text)) {
      const { key } = await context.tx.programme.findUniqueOrThrow({ where: { id: programmeId } })
      // A number means the one of the measure's programme.
      const named = isId(number) || number.includes('/') ? number : `${key}/${number}`
      const { id, programme } = await findProject(context, named)
      if (programme.id !== programmeId) throw foreignRefusal(number)
      ids.add(id)
    }
    return [...ids].toSorted()
  },
  format: async ({ tx }, value) => {
    const where = { id: { in: value as string[] } }
    const rows = await tx.project.findMany({ where, orderBy: planOrder })
    return rows.map(({ ref }) => ref).join(', ') || 'none'
  },
}

const foreignRefusal = (number: string) =>
  new Refusal(`Project ${quoted(number)} is in another programme. Nothing was saved.`)

export const outcomesValue: FieldValue = {
  parse: async ({ tx }, programmeId, text) => {
    const outcomes = await tx.outcome.findMany({ where: { programmeId } })
    const ids = splitNumbers(text).map((number) => {
      const found = outcomes.find((one) => String(one.number) === number.replace(/^#/, ''))
      if (found) return found.id
      throw new Refusal(`The plan has no outcome ${quoted(number)}. Nothing was saved.`)
    })
    return [...new Set(ids)].toSorted()
  },
  format: async ({ tx }, value) => {
    const where = { id: { in: value as string[] } }
    const rows = await tx.outcome.findMany({ where, orderBy: { number: 'asc' } })
    return rows.map(({ number }) => String(number)).join(', ') || 'none'
  },
}

export const recommendationsValue: FieldValue = {
  parse: async ({ tx }, programmeId, text) => {
    const known = await tx.recommendation.findMany({ where: { programmeId } })
    const ids = splitNumbers(text).map((number) => {
      const found = known.find(({ id, ref }) => id === number || fold(ref) === fold(number))
      if (found) return found.id
      throw new Refusal(`The plan has no recommendation ${quoted(number)}. Nothing was saved.`)
    })
    return [...new Set(ids)].toSorted()
  },
  format: async ({ tx }, value) => {
    const where = { id: { in: value as string[] } }
    const rows = await tx.recommendation.findMany({ where, orderBy: { ref: 'asc' } })
    return rows.map(({ ref }) => ref).join(', ') || 'none'
  },
}
