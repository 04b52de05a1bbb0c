import { plural } from '../../../base/text.ts'
import { formVerbOf } from '../../../chat/resolve-command.ts'
import type { PreviewButton } from '../cards.ts'
import type { ImportDraft } from '../drafts/draft.ts'
import type { ImportPart } from './sheet-kind.ts'

/** The names of the commands about drafts, and the buttons that call them. */
export const importNames = {
  show: 'import',
  save: 'import-save',
  cancel: 'import-cancel',
  into: 'import-into',
  headings: 'import-headings',
  absent: 'import-absent',
  unlisted: 'import-unlisted',
} as const

type DraftId = Pick<ImportDraft, 'id'>

const button = (title: string, verb: string, data: Record<string, string>): PreviewButton => ({
  ...{ title, verb, data },
  style: 'default',
})

/** `seen`: the fingerprint of what the preview says would change. */
export const saveButton = (
  { id }: DraftId,
  seen: string,
  part: ImportPart,
  title: string,
): PreviewButton => ({
  ...button(title, importNames.save, { draft: id, seen, part }),
  style: 'positive',
})

export const cancelButton = ({ id }: DraftId) => button('Cancel', importNames.cancel, { draft: id })

export const showButton = ({ id, fileName }: Pick<ImportDraft, 'id' | 'fileName'>) =>
  button(`Next: ${fileName}`, importNames.show, { draft: id })

export const intoButton = ({ id }: DraftId, { key }: { readonly key: string }) =>
  button(`Into ${key}`, importNames.into, { draft: id, programme: key })

/** The owners whom no message reaches, among the members of the workspace: a command of features/people. */
export const matchButton = ({ key }: { readonly key: string }) => ({
  title: 'Find the owners here',
  verb: 'people-match',
  data: { programme: key },
})

export const headingsButton = ({ id }: DraftId) =>
  button('Correct the headings', formVerbOf({ name: importNames.headings }), { draft: id })

export const absentButton = ({ id }: DraftId, count: number) =>
  button(
    `Close or hold ${plural(count, 'missing project')}`,
    formVerbOf({ name: importNames.absent }),
    { draft: id },
  )
