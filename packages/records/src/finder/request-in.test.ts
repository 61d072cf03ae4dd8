import { describe, expect, test } from 'vitest'
import { requestIn } from './request-in.ts'

describe('a request of the data subject', () => {
  test.each([
    'LÖSCHEN',
    'löschen',
    'Loeschen!',
    ' "Löschen" ',
    'Bitte löschen Sie meine Daten.',
    'Hallo, bitte alle meine Daten löschen. Danke!',
    'Guten Tag,\nich beantrage die Löschung meiner Daten.\nVielen Dank',
    'Delete my data please',
    'Verilerimi silin',
    'Удалите мои данные!',
    'Usuń moje dane',
    'احذف بياناتي',
  ])('is for erasure: %s', (text) => expect(requestIn(text)).toBe('ERASURE'))

  test.each([
    'AUSKUNFT',
    'Auskunft bitte!',
    'Auskunft nach Art. 15 DSGVO',
    'Hallo, welche Daten haben Sie über mich gespeichert?',
    'Ich beantrage Auskunft über meine Daten.',
    'Ich möchte wissen, was Sie über mich gespeichert haben.',
    'Was habt ihr über mich gespeichert?',
    'Subject access request',
  ])('is for access: %s', (text) => expect(requestIn(text)).toBe('ACCESS'))

  test.each([
    '',
    '👍',
    'bitte danke',
    'Können Sie den Termin löschen?',
    'Bitte den Termin am Montag löschen',
    'Ich brauche eine Auskunft zum Personalausweis',
    'Auskunft zur Hundesteuer',
    'Ich habe versehentlich das Foto gelöscht',
    'Bitte nicht löschen',
    'Die Feuerwehr konnte den Brand löschen',
    'Wer kann mir Auskunft geben?',
    'Danke für die Auskunft',
    'Haben Sie meinen Termin gespeichert?',
    `Löschen ${'x'.repeat(200)}`,
    `${'löschen '.repeat(100)}`,
  ])('is none: %s', (text) => expect(requestIn(text)).toBeNull())
})
