import { z } from 'zod'
import { isAdmin } from '../../authority/admins.ts'
import { type Command, defineQuery } from '../../chat/commands.ts'
import type { HelpTopicPart } from '../../chat/help.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { loadHome, type OwedRowsLoader } from './load-home.ts'
import { homePage } from './page.ts'

/** Each person's own page: the bare prefix, or "home". */
export function createHomeCommand(loadOwedRows: OwedRowsLoader): Command {
  return defineQuery({
    name: 'mine',
    usages: ['', 'home'],
    examples: ['', 'home'],
    authority: ['look after oneself'],
    summary: 'Your page: what you owe, your projects, and what your roles are there for.',
    args: z.object({}),
    run: async ({ tx, actor, now, prefix, installation }) => {
      const { identity, zone } = actor
      const query = {
        ...{ personId: requirePersonId(actor), zone, now, prefix },
        isAdmin: isAdmin(installation.admins, identity),
      }
      return { card: homePage(await loadHome(tx, query, loadOwedRows), 'message') }
    },
  })
}

export function homeTopicOf(home: Command): HelpTopicPart {
  return {
    name: 'home',
    summary: 'Your own page, with what you owe and what you look after.',
    commands: [home],
  }
}
