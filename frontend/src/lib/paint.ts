/** Does it after the next paint, so that a press is answered before what follows is drawn; or some milliseconds later. Gives how to call it off. */
export function afterPaint(then: () => void, wait = 0) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(then, wait)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
