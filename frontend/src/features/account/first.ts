// The letters and the list that an operator hands out.
import type { Schemas } from '../../lib/api/client';

export type FirstPassword = Schemas['FirstPassword'];

/** A cell that no spreadsheet takes for a formula. */
function cell(text: string) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The list as CSV with a byte order mark, which spreadsheets need to read names. */
export function csvOf(head: string[], lines: FirstPassword[]) {
  const rows = lines.map((line) => [
    line.name,
    line.unit,
    line.nip_tail,
    line.password,
    line.expires_at,
  ]);
  return '\uFEFF' + [head, ...rows].map((row) => row.map(cell).join(',') + '\r\n').join('');
}
