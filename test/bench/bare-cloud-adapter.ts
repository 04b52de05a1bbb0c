/** The least that a bot of the SDK can do with a press: answer that it came. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { z } from 'zod'
import { processorTime, serve } from './child-process.ts'
import { Question, type Server } from './messages.ts'

await serve(async () => {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
  const echo = {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: 'echo',
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = z.record(z.string(), z.unknown()).parse(JSON.parse(String(Buffer.concat(chunks))))
    const asked = { body, headers: request.headers, method: request.method }
    const answered = {
      socket: response.socket,
      header: (name: string, value: unknown) => response.setHeader(name, String(value)),
      status: (code: number) => {
        response.statusCode = code
      },
      send: (sent: unknown) => response.write(JSON.stringify(sent)),
      end: () => response.end(),
    }
    await adapter.process(asked, answered, async (context) => {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: echo } })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const bare: Server = { platform: 'teams', url: `http://127.0.0.1:${port}/`, signingSecret: '' }
  const cpu = processorTime()
  return {
    answer: async (question) =>
      Question.parse(question).about === 'server' ? bare : { stored: 0, cpu: cpu() },
    stop: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
})
