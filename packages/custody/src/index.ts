export * from './ledger/judge-ledger.ts'
export * from './ledger/ledger.ts'
export { tombstonesOf } from './ledger/segments.ts'
