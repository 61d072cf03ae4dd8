// A receiver of syslog over TLS (RFC 5425) as a process of its own: `syslog-receiver.mjs PORT FOLDER` with key.pem and cert.pem in the
// folder; appends each message that has come whole to FOLDER/messages. May be killed at any time. With `forgets` behind them it dies once it has
// read everything, before it has kept any of it.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'node:tls'

const [port, folder, how] = process.argv.slice(2)
const identity = { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) }

function wholeMessages(bytes) {
  const messages = []
  for (;;) {
    const blank = bytes.indexOf(0x20)
    const length = blank === -1 ? Number.NaN : Number(bytes.toString('latin1', 0, blank))
    if (!(bytes.length >= blank + 1 + length)) return { messages, rest: bytes }
    messages.push(bytes.toString('utf8', blank + 1, blank + 1 + length))
    bytes = bytes.subarray(blank + 1 + length)
  }
}

const server = createServer(identity, (socket) => {
  let unread = Buffer.alloc(0)
  if (how === 'forgets') socket.on('end', () => process.kill(process.pid, 'SIGKILL'))
  socket.on('data', (data) => {
    if (how === 'forgets') return
    const { messages, rest } = wholeMessages(Buffer.concat([unread, data]))
    unread = rest
    for (const message of messages) appendFileSync(join(folder, 'messages'), `${message}\n`)
  })
  socket.on('error', () => {})
})
server.listen(Number(port), '127.0.0.1', () => process.send?.('listening'))
