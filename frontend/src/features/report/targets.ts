/** The periods that a target may be set for: by the first day, from the last ended one to a year ahead. */
export type Kind = 'month' | 'quarter' | 'year';
export const kinds: readonly Kind[] = ['month', 'quarter', 'year'];

const length: Record<Kind, number> = { month: 1, quarter: 3, year: 12 };

function day(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/** The first day of the period that a day lies in. */
export function firstDay(kind: Kind, today: string): string {
  const month = Number(today.slice(5, 7)) - 1;
  return day(Number(today.slice(0, 4)), month - (month % length[kind]));
}

export function periodsOf(kind: Kind, today: string): string[] {
  const first = firstDay(kind, today);
  const year = Number(first.slice(0, 4));
  const month = Number(first.slice(5, 7)) - 1;
  const ahead = { month: 12, quarter: 4, year: 1 }[kind];
  return Array.from({ length: ahead + 2 }, (_, n) => day(year, month + (n - 1) * length[kind]));
}
