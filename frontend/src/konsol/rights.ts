// What somebody may do in the console, from the roles they hold.
const readers = ['author', 'approver', 'publisher', 'auditor', 'admin'];

export function rightsOf(roles: readonly string[]) {
  const any = (...wanted: string[]) => wanted.some((role) => roles.includes(role));
  const read = any(...readers);
  const keep = any('operator', 'admin');
  return {
    read,
    /** The people of the agency. */
    keep,
    write: any('author'),
    direct: read || any('leader'),
    teach: read || any('trainer'),
    prove: any('approver', 'publisher'),
    /** What people ask about their data. */
    answer: keep || any('dpo'),
    count: any('auditor', 'admin'),
    flow: any('approver', 'admin'),
    season: any('admin', 'publisher'),
    report: any('leader', 'auditor', 'admin'),
  };
}

export type Rights = ReturnType<typeof rightsOf>;
