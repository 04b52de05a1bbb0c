import type { Command } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { newKeyText } from '../../base/encryption.ts'
import { Refusal } from '../../base/errors.ts'
import { plural } from '../../base/text.ts'
import { rotateTokens } from '../../domain/organisations/token-rotation.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { withStore } from './store.ts'

/** `tokens`: the keys that the tokens of workspaces are encrypted with. */
export function addTokenCommands(program: Command): void {
  const tokens = program
    .command('tokens')
    .description('the keys that encrypt the tokens of workspaces (TOKEN_KEYS)')

  tokens
    .command('key')
    .description('print a new key, to stand first in TOKEN_KEYS; keeps it nowhere')
    .action(() => {
      const [day = ''] = systemClock.now().toISOString().split('T')
      console.log(newKeyText(day))
    })

  tokens
    .command('rotate')
    .description(
      'encrypt every token by the first key of TOKEN_KEYS, beside a service that goes on',
    )
    .action(async () => {
      const { tokenKeys } = readConfig(loadEnvironment())
      if (!tokenKeys) throw new Refusal('There are no TOKEN_KEYS. Nothing was changed.')
      const { rotated, lost } = await withStore(program, (tx) => rotateTokens(tx, tokenKeys))
      console.log(
        `${plural(rotated, 'token')} encrypted anew, by the key “${tokenKeys.current.id}”.`,
      )
      for (const { tenant, keyId } of lost) {
        console.error(
          `The token of ${tenant} stays as it is: its key “${keyId}” is not in TOKEN_KEYS.`,
        )
        process.exitCode = 1
      }
    })
}
