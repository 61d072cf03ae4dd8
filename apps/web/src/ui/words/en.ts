import { de, type Words } from './de.ts'
export const en: Words = { ...de, language: 'en' }
