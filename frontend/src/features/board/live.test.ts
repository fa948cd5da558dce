import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { live } from './live';

class Source extends EventTarget {
  static CLOSED = 2;
  static all: Source[] = [];
  readyState = 1;
  onerror: (() => void) | undefined;
  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }
  close() {
    this.readyState = 2;
  }
}

let hidden = false;
const hide = (now: boolean) => {
  hidden = now;
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  Source.all = [];
  hidden = false;
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('asks once for many events, a moment later, and rests while the page is hidden', () => {
  const changed = vi.fn();
  const stop = live('/live', changed);
  const [first] = Source.all;
  for (let i = 0; i < 5; i++) first!.dispatchEvent(new Event('changed'));
  vi.advanceTimersByTime(4_000);
  expect(changed).toHaveBeenCalledTimes(1);
  hide(true);
  expect(first!.readyState).toBe(Source.CLOSED);
  hide(false);
  expect(Source.all).toHaveLength(2);
  stop();
  expect(Source.all[1]!.readyState).toBe(Source.CLOSED);
  hide(true);
  hide(false);
  expect(Source.all).toHaveLength(2);
});

it('asks from time to time where the server refuses the stream', () => {
  const changed = vi.fn();
  const stop = live('/live', changed);
  Source.all[0]!.readyState = Source.CLOSED;
  Source.all[0]!.onerror!();
  vi.advanceTimersByTime(121_000);
  expect(changed).toHaveBeenCalledTimes(2);
  stop();
  vi.advanceTimersByTime(121_000);
  expect(changed).toHaveBeenCalledTimes(2);
});

it('opens nothing with data saver', () => {
  localStorage.setItem('data-saver', 'on');
  live('/live', vi.fn())();
  expect(Source.all).toHaveLength(0);
});
