import type { ChatIdentity } from '../base/addresses.ts'
import type { OutgoingFile } from './port.ts'

/** Files that wait until the person they are for takes them: Teams asks first, and uploads after. */
export interface KeptFiles {
  /** Undefined where it is not kept any more, or is not for this account. */
  load(id: string, account: ChatIdentity): Promise<OutgoingFile | undefined>
}
