/**
 * Whether a text holds each of the words, or the beginning of one; case and marks do not matter. People ask whole
 * questions: words of `idle` are passed over, unless there are no others.
 */
export function matches(text: string, words: string, idle = '') {
  const there = text.toLowerCase();
  const passed = new Set(idle.split(' '));
  const all = words.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const telling = all.filter((word) => !passed.has(word));
  return (telling.some(Boolean) ? telling : all).every((word) => there.includes(word));
}
