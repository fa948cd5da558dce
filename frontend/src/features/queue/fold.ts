// Which columns of the board are folded to a strip, so that as many states as can be are seen at once.
import type { State } from '../content/types';

/** In pixels: the narrowest column whose cards can be read, and a strip that a finger still meets. */
const open = 176;
const strip = 44;
const gap = 8;

/**
 * A person's own choice holds. Beyond it nothing is folded while all fits; then the empty ones from the right, and
 * at last what is over.
 */
export function foldedOf(
  shown: readonly State[],
  counts: Partial<Record<State, number>> | undefined,
  width: number,
  chosen: Partial<Record<State, boolean>>,
): Set<State> {
  const folded = new Set(shown.filter((state) => chosen[state]));
  const free = shown.filter((state) => chosen[state] === undefined);
  const empty = counts ? free.filter((state) => !counts[state]).reverse() : [];
  const over = free.filter((state) => state === 'ended' && !empty.includes(state));
  const room = width - gap * (shown.length - 1);
  for (const state of [...empty, ...over]) {
    if (open * (shown.length - folded.size) + strip * folded.size <= room) break;
    folded.add(state);
  }
  return folded;
}
