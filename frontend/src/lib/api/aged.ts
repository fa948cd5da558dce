// Answers that the worker took from what it keeps: they are as old as when the server wrote them.
const written = new WeakMap<object, number>();

export function noteAge(data: unknown, { headers }: Response) {
  const at = headers.get('x-gaung-cached') && Date.parse(headers.get('date') ?? '');
  if (at && data && typeof data === 'object') written.set(data, at);
}

/** When the server wrote it, in epoch milliseconds; now, unless it was kept. */
export const writtenAt = (data: unknown) => written.get(data as object) ?? Date.now();
