import { describe, expect, test } from '@jest/globals'
import type { App, types } from '@slack/bolt'
import { fillForm } from '../../../src/playground/slack/form-fill.ts'
import type { OpenView } from '../../../src/playground/slack/model.ts'
import type { SlackWorkspace } from '../../../src/playground/slack/workspace.ts'
import { AMINA, GENERAL, movableClock, useWorkspaces, waitUntilVisible } from './test-workspace.ts'

const { talking } = useWorkspaces()

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const option = (value: string) => ({ text: plain(value.toUpperCase()), value })

function form(title: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'update',
    private_metadata: '2.1',
    title: plain(title),
    submit: plain('Save'),
    notify_on_close: true,
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Reason'),
        element: { type: 'plain_text_input', action_id: 'text', max_length: 10 },
      },
      {
        type: 'input',
        block_id: 'state',
        label: plain('State'),
        element: {
          type: 'radio_buttons',
          action_id: 'rag',
          options: [option('red'), option('amber')],
          initial_option: option('amber'),
        },
      },
      {
        type: 'input',
        block_id: 'by',
        optional: true,
        label: plain('Green by'),
        element: { type: 'datepicker', action_id: 'date' },
      },
      {
        type: 'input',
        block_id: 'sure',
        optional: true,
        label: plain('Sure'),
        element: { type: 'checkboxes', action_id: 'tick', options: [option('yes')] },
      },
      {
        type: 'actions',
        block_id: 'more',
        elements: [{ type: 'button', action_id: 'history', text: plain('History') }],
      },
    ],
  }
}

/** Opens the form by command and gives what the person sees. */
async function opened(workspace: SlackWorkspace): Promise<OpenView> {
  await workspace.slashCommand(AMINA, GENERAL, '/rag')
  return top(workspace)
}

function top(workspace: SlackWorkspace): OpenView {
  const view = workspace.snapshot(AMINA).views.at(-1)
  if (!view) throw new Error('No view is open.')
  return view
}

const opensForm = (app: App) =>
  app.command('/rag', async ({ ack, client, command }) => {
    await client.views.open({ trigger_id: command.trigger_id, view: form('Update 2.1') })
    await ack()
  })

describe('a form', () => {
  test('is opened by a command and submitted with what was filled in', async () => {
    const submitted: unknown[] = []
    const { workspace } = await talking((app) => {
      opensForm(app)
      app.view('update', async ({ ack, view, body }) => {
        submitted.push([body.user.id, view.private_metadata, view.state.values])
        await ack()
      })
    })
    const { view } = await opened(workspace)
    const values = fillForm(view, { text: 'Late', by: '2017-03-31', sure: true })
    await workspace.submitView(AMINA, view.id, values)
    expect(submitted).toEqual([
      [
        AMINA,
        '2.1',
        {
          reason: { text: { type: 'plain_text_input', value: 'Late' } },
          state: { rag: { type: 'radio_buttons', selected_option: option('amber') } },
          by: { date: { type: 'datepicker', selected_date: '2017-03-31' } },
          sure: { tick: { type: 'checkboxes', selected_options: [option('yes')] } },
        },
      ],
    ])
    expect(workspace.snapshot(AMINA).views).toEqual([])
  })

  test.each([
    ['empty', {}, 'Please complete this required field.'],
    ['too long', { text: 'more than ten' }, 'Must be 10 characters or fewer.'],
  ])('with a required field left %s never leaves Slack', async (_, answers, problem) => {
    const { workspace } = await talking(opensForm)
    const { view } = await opened(workspace)
    const answer = await workspace.submitView(AMINA, view.id, fillForm(view, answers))
    expect(answer).toEqual({ status: null, body: null, inputErrors: { reason: problem } })
    expect(top(workspace).errors).toEqual({ reason: problem })
  })

  test('shows the errors that the app answers with, at their fields, and stays open', async () => {
    const { workspace } = await talking((app) => {
      opensForm(app)
      app.view('update', async ({ ack }) =>
        ack({ response_action: 'errors', errors: { reason: 'Say more' } }),
      )
    })
    const { view } = await opened(workspace)
    await workspace.submitView(AMINA, view.id, fillForm(view, { text: 'x' }))
    expect(top(workspace).errors).toEqual({ reason: 'Say more' })
  })

  test.each([
    ['an error at no field', { response_action: 'errors', errors: { elsewhere: 'No' } }],
    [
      'a view that Slack refuses',
      { response_action: 'update', view: form('A title that is much too long') },
    ],
  ] as const)('tells the person when the app answers with %s', async (_, response) => {
    const { workspace } = await talking((app) => {
      opensForm(app)
      app.view('update', async ({ ack }) => ack(response))
    })
    const { view } = await opened(workspace)
    await workspace.submitView(AMINA, view.id, fillForm(view, { text: 'x' }))
    expect(workspace.snapshot(AMINA).notices).toMatchObject([
      { about: 'form', error: 'invalid_response' },
    ])
    expect(workspace.snapshot(AMINA).views).toHaveLength(1)
  })

  test.each([
    ['update', ['Next']],
    ['push', ['Update 2.1', 'Next']],
    ['clear', []],
  ] as const)('answered with %s leaves the views %j', async (response_action, titles) => {
    const { workspace } = await talking((app) => {
      opensForm(app)
      app.view('update', async ({ ack }) =>
        response_action === 'clear'
          ? ack({ response_action })
          : ack({ response_action, view: form('Next') }),
      )
    })
    const { view } = await opened(workspace)
    await workspace.submitView(AMINA, view.id, fillForm(view, { text: 'x' }))
    const shown = workspace.snapshot(AMINA).views.map((each) => each.view.title?.text)
    expect(shown).toEqual(titles)
  })

  test('tells the app when it is closed', async () => {
    const closed: string[] = []
    const { workspace } = await talking((app) => {
      opensForm(app)
      app.view({ callback_id: 'update', type: 'view_closed' }, async ({ ack, body }) => {
        closed.push(body.user.id)
        await ack()
      })
    })
    const { view } = await opened(workspace)
    await workspace.closeView(AMINA, view.id)
    expect(closed).toEqual([AMINA])
    expect(workspace.snapshot(AMINA).views).toEqual([])
  })

  test('can be changed by one of its own buttons, unless it has changed since', async () => {
    const conflicts: unknown[] = []
    const { workspace } = await talking((app) => {
      opensForm(app)
      app.action('history', async ({ ack, body, client }) => {
        if (body.type !== 'block_actions' || !body.view) throw new Error('not in a view')
        const { id: view_id, hash } = body.view
        await client.views.update({ view_id, hash, view: form('History') })
        const again = client.views.update({ view_id, hash, view: form('Again') })
        conflicts.push(await again.catch((error) => error.data.error))
        await ack()
      })
    })
    const { view } = await opened(workspace)
    await workspace.pressInView(AMINA, view.id, 'history')
    expect(top(workspace).view).toMatchObject({ id: view.id, title: { text: 'History' } })
    expect(conflicts).toEqual(['hash_conflict'])
  })
})

describe('a trigger', () => {
  test('opens one view, within three seconds', async () => {
    const clock = movableClock()
    const errors: string[] = []
    const { workspace } = await talking(
      (app) => {
        app.command('/rag', async ({ ack, client, command: { trigger_id, text } }) => {
          await ack()
          clock.advance(Number(text))
          const open = () => client.views.open({ trigger_id, view: form('Update') })
          await open()
            .then(open)
            .catch((error) => errors.push(error.data.error))
        })
      },
      { clock },
    )
    await workspace.slashCommand(AMINA, GENERAL, '/rag', '3001')
    await until(() => errors.length === 1)
    await workspace.slashCommand(AMINA, GENERAL, '/rag', '3000')
    await until(() => errors.length === 2)
    expect(errors).toEqual(['expired_trigger_id', 'exchanged_trigger_id'])
    expect(workspace.snapshot(AMINA).views).toHaveLength(1)
  })
})

describe('the home tab', () => {
  test('is published when it is opened', async () => {
    const { workspace } = await talking((app) => {
      app.event('app_home_opened', async ({ client, event }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [{ type: 'header', text: plain('Yours') }] },
        })
      })
    })
    await workspace.openHome(AMINA)
    const { home } = await waitUntilVisible(workspace, AMINA, (seen) => seen.home !== null)
    expect(home?.blocks).toMatchObject([{ type: 'header', text: { text: 'Yours' } }])
  })
})

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !isSo(); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
