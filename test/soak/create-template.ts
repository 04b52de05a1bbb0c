import pg from 'pg'

/** Creates an empty database on a server, to be prepared and copied. Returns its address. */
export async function createTemplate(server: string): Promise<string> {
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query('CREATE DATABASE template_of_stories')
  await admin.end()
  const url = new URL(server)
  url.pathname = '/template_of_stories'
  return url.href
}
