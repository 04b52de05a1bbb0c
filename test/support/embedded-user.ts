/** Another process that uses the embedded PostgreSQL: says what it found, and leaves when its input ends. */
import { startEmbedded } from '../../src/infra/embedded.ts'

const [folder = ''] = process.argv.slice(2)
const { url, wasAlreadyRunning, stop } = await startEmbedded(folder)
console.log(JSON.stringify({ url, wasAlreadyRunning }))
process.stdin.resume().on('end', () => void stop())
