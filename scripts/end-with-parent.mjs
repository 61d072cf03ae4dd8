// Loaded into every process of the demo office (`node --import`): when the process that started it dies without a word,
// the channel to it closes, and this one ends as if it had been asked to.
const patienceMs = 5_000

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), patienceMs).unref()
  process.kill(process.pid, 'SIGTERM')
})
// Listening alone must not keep a finished process alive.
process.channel?.unref()
