import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'
import {
  type Dimensions,
  dimensionKeys,
  dimensionLabels,
  dimensionsSetting,
} from '../../domain/status/dimensions.ts'

/** Which ratings a programme keeps of each project beside the overall one. */
export const adminDimensions = defineCommand({
  name: 'admin-dimensions',
  usages: ['admin dimensions [for <programme>]', 'admin dimensions <choice> [for <programme>]'],
  slots: { choice: slot.text, programme: slot.word },
  examples: [
    'admin dimensions',
    'admin dimensions time, cost, quality and delivery confidence on five points',
    'admin dimensions none for W17',
  ],
  authority: ['run programme'],
  summary:
    'Which ratings each update may give beside the overall one: any of time, cost, scope, benefits, risk, quality, and delivery confidence on three or five points; or none. For the programme office.',
  args: z.object({ choice: optionalText, programme: optionalText }),
  run: async (context, { choice, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    const settings = choice
      ? await changeSetting(context, programme.id, dimensionsSetting, () => parseChoice(choice))
      : programme.settings
    const lines = [
      `${programme.title} ${formatChoice(dimensionsSetting.of(settings), context.prefix)}`,
      ...(choice ? ['What was rated before stays in the history.'] : []),
    ]
    const heading = choice ? 'Saved' : 'Ratings by dimension'
    return { card: noticeCard({ heading, lines, buttons: [] }) }
  },
})

const pointsPattern = /\s*\bon (three|3|five|5)(?: points?)?\s*$/
const allNames = listOf(dimensionKeys.map((key) => dimensionLabels[key].toLowerCase()))

/** @throws Refusal where it names none, or something else */
export function parseChoice(choice: string): Dimensions {
  const said = fold(choice)
  if (said === 'none' || said === 'off') return { kept: [], confidencePoints: 5 }
  const points = pointsPattern.exec(said)?.[1]
  const named = said
    .replace(pointsPattern, '')
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+/)
    .filter(Boolean)
  const asked = named.map((name) => {
    const key = dimensionKeys.find(
      (one) => one === name || dimensionLabels[one].toLowerCase() === name,
    )
    if (key) return key
    throw new Refusal(
      `${quoted(name)} is no dimension. Choose from ${allNames}, or say none. Nothing was saved.`,
    )
  })
  return {
    kept: dimensionKeys.filter((key) => asked.includes(key)),
    confidencePoints: points === 'three' || points === '3' ? 3 : 5,
  }
}

const pointsTexts = { 3: 'three', 5: 'five' }

function formatChoice({ kept, confidencePoints }: Dimensions, prefix: string): string {
  if (kept.length === 0) return 'keeps one rating of each project, and none by dimension.'
  const names = kept.map((key) =>
    key === 'confidence'
      ? `delivery confidence on ${pointsTexts[confidencePoints]} points`
      : dimensionLabels[key].toLowerCase(),
  )
  return `rates ${listOf(names)} beside the whole: ${prefix} 2.1 amber ${kept[0]} red because …`
}
