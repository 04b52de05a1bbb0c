import { sponsorsOf } from '../../../../authority/programme-roles.ts'
import { fieldRefusal, Refusal } from '../../../../base/errors.ts'
import { onOff, programmeArgs } from '../../../../chat/args.ts'
import { type Command, defineCommand, optionalText } from '../../../../chat/commands.ts'
import { addForm } from '../../../../chat/edit-form.ts'
import { parseWith } from '../../../../chat/fields.ts'
import { oneOf, slot } from '../../../../chat/grammar.ts'
import { savedResult } from '../../../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
} from '../../../../domain/checks/safeguarding-guard.ts'
import { addDraftDecision } from '../../../../domain/papers/draft-store.ts'
import { paperSetting } from '../../../../domain/papers/settings.ts'
import { directPlacesOf } from '../../../../domain/people/direct-places.ts'
import { findProgrammeTo } from '../../../../domain/plan/lookup.ts'
import { changeSetting } from '../../../../domain/programme/settings-store.ts'
import { draftArgs, findDraftForForm, findDraftTo } from './find-draft.ts'
import { askSponsors, closeApprovalCards, draftData, tellOffice } from './messages.ts'
import { titleOf } from './paper-content.ts'
import { sendIssued } from './send-numbered.ts'
import { issueAndSend, scheduleOf } from './send-scheduled.ts'

/** What the office and the sponsor decide about a draft, and whether the sponsor is asked. */

const draftSlots = { number: slot.position, programme: slot.word }

const paperCheck = defineCommand({
  name: 'paper-check',
  usages: ['paper <number> check [for <programme>]'],
  slots: draftSlots,
  examples: ['paper 3 check'],
  authority: ['publish digest'],
  notifies: 'office',
  summary:
    'Say that a draft is right, and ask the sponsor to approve it. For the programme office.',
  args: draftArgs,
  run: async (context, args) => {
    const { tx, actor, place, now } = context
    const { programme, draft } = await findDraftTo(context, 'publish digest', 'check', args)
    const asked = await askSponsors(tx, programme, draft, now)
    if (asked === 0) throw nobodyApproves(programme.title)
    const decision = { kind: 'checked' as const, byId: actor.personId, source: place.platform, now }
    await addDraftDecision(tx, draft, decision)
    const line = 'Checked. It waits for the sponsor to approve it.'
    const saved = savedResult([`${titleOf(draft)}.`, line], line)
    return { ...saved, heardIn: { programmeId: programme.id } }
  },
})

const nobodyApproves = (title: string) =>
  new Refusal(
    `${title} has no sponsor whom I can write to, so nobody could approve its papers. Nothing was changed.`,
  )

const paperApprove = defineCommand({
  name: 'paper-approve',
  usages: ['paper <number> approve [for <programme>]'],
  slots: draftSlots,
  examples: ['paper 3 approve'],
  authority: ['approve paper'],
  notifies: 'member',
  summary: 'Approve a draft that the programme office has checked. For the sponsor.',
  args: draftArgs,
  run: async (context, args) => {
    const { tx, actor, place, now, channel } = context
    const { programme, draft } = await findDraftTo(context, 'approve paper', 'approve', args)
    const decision = { kind: 'approved' as const, byId: actor.personId, source: place.platform }
    const approved = await addDraftDecision(tx, draft, { ...decision, now })
    const line = `Approved by ${actor.name}`
    await closeApprovalCards(tx, draft, `✓ ${line}`, now)
    // One that is sent by itself has its day: it waits for nobody else.
    const isSent = (await scheduleOf(tx, draft)) !== undefined
    if (isSent) {
      const issuing = { byId: null, source: 'schedule', now, channel }
      await issueAndSend(tx, programme, approved, issuing)
    }
    const data = draftData(programme, draft)
    await tellOffice(
      tx,
      programme,
      {
        ...{ key: `approved:${draft.id}`, heading: 'A paper is approved' },
        lines: [`${titleOf(draft)}.`, `${line}.`, ...(isSent ? ['It is issued and sent.'] : [])],
        buttons: isSent ? [] : [{ title: 'Issue it', verb: 'paper-issue-draft', data }],
      },
      now,
    )
    const after = isSent ? 'It is issued and sent.' : 'The programme office is told.'
    const saved = savedResult([`${titleOf(draft)}.`, `${line}. ${after}`], line)
    return { ...saved, heardIn: { programmeId: programme.id } }
  },
})

const paperDecline = defineCommand({
  name: 'paper-decline',
  usages: [
    'paper <number> decline [for <programme>] [because <reason>] [words are fine because <fine>]',
  ],
  slots: { ...draftSlots, reason: slot.text, fine: slot.text },
  examples: ['paper 3 decline because the risk of 2.1 is missing'],
  authority: ['approve paper'],
  notifies: 'member',
  summary:
    'Decline a draft, and say why. It is not issued until it was drafted again and approved. For the sponsor.',
  args: draftArgs.extend({ reason: optionalText, fine: optionalText }),
  run: async (context, { reason, fine, ...args }) => {
    const { tx, actor, place, now } = context
    const { programme, draft } = await findDraftTo(context, 'approve paper', 'decline', args)
    if (!reason) throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
    const about = { programmeId: programme.id, project: null }
    await requireSafeguardingAnswer(context, about, [reason], fine)
    const decision = { kind: 'declined' as const, reason, byId: actor.personId }
    await addDraftDecision(tx, draft, { ...decision, source: place.platform, now })
    const line = `${actor.name} declines it: ${reason}`
    await closeApprovalCards(tx, draft, `✕ ${line}`, now)
    const buttons = [
      { title: 'Draft it again', verb: 'paper-redraft', data: draftData(programme, draft) },
    ]
    const note = {
      heading: 'A paper is declined',
      lines: [`${titleOf(draft)}.`, `${line}.`],
      buttons,
    }
    await tellOffice(tx, programme, { ...note, key: `declined:${draft.id}` }, now)
    const saved = savedResult([`${titleOf(draft)}.`, `Declined: ${reason}`], `✕ ${line}`)
    return { ...saved, heardIn: { programmeId: programme.id } }
  },
  form: async (context, filled) => {
    const values = parseWith(draftArgs.extend({ reason: optionalText }), filled.values)
    const { programme, draft } = await findDraftForForm(context, 'approve paper', 'decline', values)
    const about = { programmeId: programme.id, project: null }
    return addForm(
      {
        ...{ heading: 'Decline a paper', button: 'Tell the office', verb: 'paper-decline' },
        ...{ about: titleOf(draft), data: draftData(programme, draft) },
        question: await safeguardingQuestion(context, about, [values.reason]),
      },
      [{ id: 'reason', label: 'Why not?', kind: 'long', present: '', isRequired: true }],
      filled,
    )
  },
})

const paperIssueDraft = defineCommand({
  name: 'paper-issue-draft',
  usages: ['paper <number> issue [for <programme>]'],
  slots: draftSlots,
  examples: ['paper 3 issue'],
  authority: ['publish digest'],
  summary:
    'Issue a draft as it was frozen, once the sponsor has approved it where they are asked. For the programme office.',
  args: draftArgs,
  run: async (context, args) => {
    const { tx, actor, place, now, channel } = context
    const { programme, draft } = await findDraftTo(context, 'publish digest', 'issue', args)
    const issuing = { byId: actor.personId, source: place.platform, now, channel }
    const issued = await issueAndSend(tx, programme, draft, issuing)
    await closeApprovalCards(tx, draft, 'It is issued.', now)
    const heading = `Saved: paper ${issued.number} is issued`
    const sent = await sendIssued(context, { programme, issued, format: 'word', heading })
    return { ...sent, note: 'Issued.' }
  },
})

const paperApproval = defineCommand({
  name: 'paper-approval',
  usages: ['paper approval <onoff> [for <programme>]'],
  slots: { onoff: oneOf('on', 'off'), programme: slot.word },
  examples: ['paper approval on'],
  authority: ['publish digest'],
  summary:
    'Whether papers wait for the sponsor to approve them, or the programme office issues them by itself (off). For the programme office.',
  args: programmeArgs.extend({ onoff: onOff }),
  run: async (context, { onoff, programme: key }) => {
    const { tx, prefix } = context
    const programme = await findProgrammeTo(context, 'publish digest', key)
    const isOn = onoff === 'on'
    if (isOn) {
      const sponsors = await sponsorsOf(tx, programme.id)
      if ((await directPlacesOf(tx, sponsors)).size === 0) throw nobodyApproves(programme.title)
    }
    await changeSetting(context, programme.id, paperSetting, (now) => ({ ...now, approval: isOn }))
    return savedResult([
      isOn
        ? `From now on papers of ${programme.title} are drafted, checked by the programme office and approved by its sponsor before they are issued: ${prefix} paper draft overview`
        : `From now on the programme office of ${programme.title} issues its papers by itself.`,
    ])
  },
})

export const decisionCommands: readonly Command[] = [
  ...[paperCheck, paperApprove, paperDecline, paperIssueDraft, paperApproval],
]
