export * from './ledger/ledger-key.ts'
