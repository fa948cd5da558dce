// What can be taken back for ten seconds. One at a time; Ctrl+Z takes it back, too.
export const undoFor = 10_000;

type Offer = { id: number; text: string; run?: () => void; until: number };

let current = $state.raw<Offer | undefined>();
let timer: ReturnType<typeof setTimeout> | undefined;
let count = 0;

export const undo = {
  get current() {
    return current;
  },
  /** Tells what happened; with a way back it stands as long as that is open. */
  offer(text: string, run?: () => void) {
    clearTimeout(timer);
    current = { id: ++count, text, run, until: Date.now() + undoFor };
    timer = setTimeout(undo.close, undoFor);
  },
  close() {
    clearTimeout(timer);
    current = undefined;
  },
  take() {
    const run = current?.run;
    undo.close();
    run?.();
  },
};
