export type * from './adapter.ts'
export type * from './event.ts'
