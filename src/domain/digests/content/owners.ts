import { workstreamOf } from '../../plan/plan.ts'
import { digestSetting } from '../settings.ts'
import type { DigestContent } from './content.ts'
import type { DigestInput } from './digest-input.ts'

/**
 * Who answers for each project: its leads, else those of its workstream. A project with neither has an empty list. Null
 * where the programme does not name owners, and for the public, which is told no names.
 */
export function projectOwners({ plan, audience }: DigestInput): DigestContent['owners'] {
  if (audience === 'public' || !digestSetting.of(plan.programme.settings).owners) return null
  return Object.fromEntries(
    plan.projects.map((project) => {
      const { leads } = project
      const ids = leads.length > 0 ? leads : (workstreamOf(plan, project)?.leads ?? [])
      return [project.id, ids.flatMap((id) => plan.people.get(id)?.name ?? [])]
    }),
  )
}
