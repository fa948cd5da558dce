/** Whether a text holds each of the words, or the beginning of one; case does not matter. */
export function matches(text: string, words: string) {
  const there = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => there.includes(word));
}
