// The clock of a request in words: three times 24 hours, nights and holidays included.
const hour = 3_600_000; // ms

/** How far it is to a moment, in whole hours of whole days; `over`: it is past. */
export function clockOf(due: string, now: number) {
  const left = new Date(due).getTime() - now;
  const hours = Math.floor(Math.abs(left) / hour);
  return { over: left < 0, d: Math.floor(hours / 24), h: hours % 24 };
}

/** The key of the words for it. */
export function wordsOf({ over, d, h }: ReturnType<typeof clockOf>) {
  const side = over ? 'over' : 'left';
  const size = d > 0 ? 'days' : h > 0 ? 'hours' : 'soon';
  return `${side}_${size}` as const;
}
