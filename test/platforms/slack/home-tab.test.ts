import { describe, expect, test } from '@jest/globals'
import { actionsOf } from '../../../src/playground/slack/form-fill.ts'
import { drawn, eventually } from '../contract.ts'
import { answered, button, openWorkplace } from './open-workplace.ts'
import { AMINA, TEAM } from './slack-workplace.ts'

/** Milepost's page in the Home tab of a person. */

async function openTab() {
  const page = drawn('Your page', {
    actions: [button('Done', 'done'), button('Update', 'update:form')],
  })
  const place = await openWorkplace(({ input }) => {
    if ('verb' in input && input.verb === 'home') return { kind: 'answer', card: page }
    if ('verb' in input && input.verb === 'update:form') {
      return { kind: 'form', card: drawn('How it stands', { actions: [button('Save', 'update')] }) }
    }
    return answered('Saved as done')
  })
  await place.workspace.openHome(AMINA)
  const home = () => place.workspace.snapshot(AMINA).home
  await eventually(async () => expect(JSON.stringify(home()?.blocks)).toContain('Your page'))
  const press = async (title: string) => {
    const view = home()
    const action = actionsOf(view?.blocks ?? []).find(
      ({ element }) => element.type === 'button' && element.text.text === title,
    )
    if (!view || !action) throw new Error(`There is no button “${title}” in the tab`)
    await place.workspace.pressInView(AMINA, view.id, action.actionId)
  }
  return { ...place, home, press }
}

describe('the Home tab', () => {
  test('shows the page of whoever opens it', async () => {
    const { requests } = await openTab()
    expect(requests).toMatchObject([
      {
        input: { by: 'button', verb: 'home', args: { tab: 'yes' } },
        actor: { platform: 'slack', tenant: TEAM, user: AMINA },
        place: { kind: 'direct', conversation: AMINA },
      },
    ])
  })

  test('is answered in place: what was saved is shown above it, and the tab stays', async () => {
    const { press, sees, requests, home } = await openTab()
    await press('Done')
    await sees('Saved as done')
    expect(requests.at(-1)).toMatchObject({
      input: { by: 'button', verb: 'done', args: { project: '2.1' } },
      actor: { user: AMINA },
    })
    expect(JSON.stringify(home()?.blocks)).toContain('Your page')
  })

  test('opens the forms of its buttons', async () => {
    const { press, sees } = await openTab()
    await press('Update')
    await sees('How it stands')
  })

  test('is drawn again when its page changes', async () => {
    const { slack, home } = await openTab()
    await slack.publishHome?.({ tenant: TEAM, user: AMINA }, drawn('Your page, later'))
    expect(JSON.stringify(home()?.blocks)).toContain('Your page, later')
    expect(home()?.type).toBe('home')
  })
})
