import { expect, test } from '@jest/globals'
import { startTestPlayground } from '../test-playground.ts'
import { GENERAL, useWorkspaces } from './test-workspace.ts'

const { talking } = useWorkspaces()
const quiet = () => {}
const png = Buffer.from('a picture')

const image = (id: string) => [{ type: 'image' as const, slack_file: { id }, alt_text: 'Red 8' }]
const started = async () => {
  const { workspace, app } = await talking(quiet)
  const uploaded = async () => {
    const { files } = await app.client.filesUploadV2({ file: png, filename: 'digest.png' })
    return files[0]?.files?.[0]?.id ?? ''
  }
  const post = (id: string) =>
    app.client.chat.postMessage({ channel: GENERAL, text: 'x', blocks: image(id) })
  const problemsOf = (call: Promise<unknown>) =>
    call.then(
      () => 'no error',
      (error) => error.data?.response_metadata?.messages ?? error.data?.error,
    )
  return { workspace, app, uploaded, post, problemsOf }
}

test('a file is announced, uploaded and completed, and a message shows it', async () => {
  const { workspace, uploaded, post } = await started()
  const id = await uploaded()
  expect(workspace.file(id)).toEqual(png)
  expect((await post(id)).ok).toBe(true)
})

test('a message shows no file that is not there, or was not completed', async () => {
  const { app, workspace, post, problemsOf } = await started()
  const refused = ['[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]']
  expect(await problemsOf(post('F0NONE'))).toEqual(refused)
  const announced = { filename: 'digest.png', length: png.length }
  const { file_id = '', upload_url = '' } = await app.client.files.getUploadURLExternal(announced)
  expect((await fetch(upload_url, { method: 'POST', body: png })).status).toBe(200)
  expect(await problemsOf(post(file_id))).toEqual(refused)
  expect(workspace.file(file_id)).toBeUndefined()
  await app.client.files.completeUploadExternal({ files: [{ id: file_id }] })
  expect(workspace.file(file_id)).toEqual(png)
})

test('a file is refused that is another size than it was announced with, or was never announced', async () => {
  const { app, problemsOf } = await started()
  const announced = { filename: 'digest.png', length: 1 }
  const { file_id = '', upload_url = '' } = await app.client.files.getUploadURLExternal(announced)
  const answer = await fetch(upload_url, { method: 'POST', body: png })
  expect([answer.status, await answer.text()]).toEqual([400, 'file_upload_size_mismatch'])
  const other = upload_url.replace(file_id, 'F0NONE')
  expect((await fetch(other, { method: 'POST', body: png })).status).toBe(400)
  const files = [{ id: file_id }] as [{ id: string }]
  const completing = app.client.files.completeUploadExternal({ files })
  expect(await problemsOf(completing)).toBe('file_not_found')
})

test('the playground serves what Milepost uploaded, to its own page', async () => {
  const open = await startTestPlayground()
  try {
    expect((await open.ask('/playground/api/files/F0NONE')).status).toBe(404)
    const elsewhere = { headers: { host: 'milepost.example' } }
    expect((await open.ask('/playground/api/files/F0NONE', elsewhere)).status).toBe(403)
  } finally {
    await open.close()
  }
})
