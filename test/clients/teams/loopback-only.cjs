// Loaded before the Agents Playground: it may talk to this machine and to nothing else.
const net = require('node:net')
const dns = require('node:dns')

const isLocal = (host) => host === undefined || /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)
const refuse = (host) => {
  process.stderr.write(`refused: ${host}\n`)
  return Object.assign(new Error(`${host} is not this machine.`), { code: 'ECONNREFUSED' })
}

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args
  const host =
    typeof options === 'object' ? options.host : typeof args[1] === 'string' ? args[1] : undefined
  if (isLocal(host)) return connect.apply(this, args)
  process.nextTick(() => this.destroy(refuse(host)))
  return this
}
const { lookup } = dns
dns.lookup = (host, options, callback = options) =>
  isLocal(host) ? lookup(host, options, callback) : process.nextTick(callback, refuse(host))
