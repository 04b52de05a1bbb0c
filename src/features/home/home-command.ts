import { z } from 'zod'
import { isAdminHere } from '../../authority/admins.ts'
import { type Command, defineCommand, defineQuery, type QueryContext } from '../../chat/commands.ts'
import type { HelpTopicPart } from '../../chat/help.ts'
import { noticeCard } from '../../chat/notice.ts'
import { openHomePage } from '../../domain/people/home-pages.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { type HomeQuery, loadHome, type OwedRowsLoader } from './load-home.ts'
import { homePage } from './page.ts'

/** Each person's own page: the bare prefix. */
export function createHomeCommand(loadOwedRows: OwedRowsLoader): Command {
  return defineQuery({
    name: 'mine',
    usages: [''],
    examples: [''],
    authority: ['look after oneself'],
    summary: 'Your page: what you owe, your projects, and what your roles are there for.',
    args: z.object({}),
    run: async (context) => ({
      card: homePage(await loadHome(context.tx, homeQueryOf(context), loadOwedRows), 'message'),
    }),
  })
}

function homeQueryOf({ actor, now, prefix, installation }: QueryContext): HomeQuery {
  const { zone } = actor
  return {
    ...{ personId: requirePersonId(actor), zone, now, prefix },
    isAdmin: isAdminHere(installation.admins, actor),
  }
}

/** Opens the page that is kept up to date. `tab`: a platform that shows it in a place of its own asks for it. */
export function createOpenHomeCommand(loadOwedRows: OwedRowsLoader): Command {
  return defineCommand({
    name: 'home',
    usages: ['home'],
    examples: ['home'],
    authority: ['look after oneself'],
    summary:
      'Your page, kept up to date: in Slack in the Home tab, in Teams as a message that you can pin.',
    args: z.object({ tab: z.literal('yes').optional() }),
    run: async (context, { tab }) => {
      const { tx, actor, now } = context
      const home = await loadHome(tx, homeQueryOf(context), loadOwedRows)
      // A page without a programme has nothing that changes.
      if (home.programmes.length > 0) await openHomePage(tx, actor.identity, now)
      if (tab) return { card: homePage(home, 'tab') }
      const lines = [
        'Your page is being drawn, and I keep it up to date for a day.',
        'In Slack it is in my Home tab. In Teams it is the message that follows: pin it, to have it at hand.',
      ]
      return { card: noticeCard({ heading: 'Your page', lines, buttons: [] }) }
    },
  })
}

export function homeTopicOf(commands: readonly Command[]): HelpTopicPart {
  return {
    name: 'home',
    summary: 'Your own page, with what you owe and what you look after.',
    commands,
  }
}
