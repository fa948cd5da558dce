// One short message at a time. One with an action stays until it is used or closed.
export type Toast = {
  id: number;
  text: string;
  tone: 'neutral' | 'ok' | 'danger';
  action?: { label: string; run: () => void };
};

const visibleFor = 6000;

let current = $state.raw<Toast | undefined>();
let timer: ReturnType<typeof setTimeout> | undefined;
let count = 0;

export const toasts = {
  get current() {
    return current;
  },
  close() {
    clearTimeout(timer);
    current = undefined;
  },
};

export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}) {
  clearTimeout(timer);
  current = { id: ++count, text, tone: 'neutral', ...options };
  if (!current.action) timer = setTimeout(toasts.close, visibleFor);
}
