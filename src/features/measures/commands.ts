import { z } from 'zod'
import { loadProgrammeRoles } from '../../authority/programme-roles.ts'
import { may } from '../../authority/rights.ts'
import { programmeArgs } from '../../chat/args.ts'
import { defineQuery, optionalText, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { findMeasure, loadThresholds } from '../../domain/measures/lookup.ts'
import { mayRecord } from '../../domain/measures/permissions.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import { namesOf } from '../../domain/people/names.ts'
import { findProgramme, requirePersonId } from '../../domain/plan/lookup.ts'
import { recordCommand, titleSlot } from './record-command.ts'
import { measuresView, measureView } from './views.ts'

const list = defineQuery({
  name: 'measures',
  usages: ['kpi [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['kpi', 'kpi for W17'],
  authority: ['read plan'],
  summary: 'The measures of your programme: last value, RAG, direction and next reading.',
  args: programmeArgs,
  run: async ({ tx, actor, today, prefix }, args) => {
    const programme = await findProgramme(tx, actor, args.programme)
    const personId = requirePersonId(actor)
    const roles = await loadProgrammeRoles(tx, { personId, programmeId: programme.id, today })
    return {
      card: measuresView({
        programme: programme.title,
        measures: await loadMeasures(tx, programme.id, today),
        thresholds: await loadThresholds(tx, programme.id),
        mayRecord: (measure) => mayRecord(roles, measure),
        today,
        prefix,
      }),
    }
  },
})

const show = defineQuery({
  name: 'measure',
  usages: ['kpi <measure> [for <programme>]', 'kpi <title>'],
  slots: { measure: slot.number, title: titleSlot, programme: slot.text },
  examples: ['kpi 3', 'kpi care leavers in work'],
  authority: ['read plan'],
  summary: 'One measure with its history, by its number or words of its title.',
  args: z
    .object({ measure: optionalText, title: optionalText, programme: optionalText })
    .transform(({ measure, title, programme }) => ({ measure: measure ?? title ?? '', programme })),
  run: async (context: QueryContext, args) => {
    const { tx, actor, today } = context
    const found = await findMeasure(tx, actor, args, today)
    const { programme, measure, thresholds } = found
    const personId = requirePersonId(actor)
    const roles = await loadProgrammeRoles(tx, { personId, programmeId: programme.id, today })
    return {
      card: measureView({
        measure,
        thresholds,
        today,
        names: await namesOf(
          tx,
          measure.allReadings.flatMap(({ byId }) => byId ?? []),
        ),
        mayRecord: mayRecord(roles, measure),
        mayChange: may('change plan', roles.toProgramme),
      }),
    }
  },
})

/** What people can ask and say about measures. */
export const measureCommands = [list, recordCommand, show]
