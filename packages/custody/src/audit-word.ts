/** A code of a closed list as the audit log writes it: `OBJECTION_PROCEDURE` is `objection-procedure`. */
export function auditWord(code: string): string {
  return code.toLowerCase().replaceAll('_', '-')
}
