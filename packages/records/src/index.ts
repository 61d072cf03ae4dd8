export { CanonicalJsonError, type CanonicalJsonFault, canonicalJson } from './canonical-json.ts'
