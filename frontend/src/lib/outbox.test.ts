import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from './api/error';
import { createOutbox } from './outbox.svelte';

const kept = vi.hoisted(() => new Map<string, unknown>());
vi.mock('idb-keyval', () => ({
  get: async (key: string) => kept.get(key),
  update: async (key: string, edit: (value: unknown) => unknown) => {
    kept.set(key, edit(kept.get(key)));
  },
}));

beforeEach(() => kept.clear());

const offline = new ApiError({ code: 'offline' });

it('sends once with the key it was made with, also when the first answer was lost', async () => {
  const keys: string[] = [];
  const send = vi.fn(async (_: string, key: string) => {
    keys.push(key);
    if (keys.length === 1) throw offline;
  });
  const outbox = createOutbox({ send });
  await outbox.add('bagikan');
  await outbox.drain();
  expect(outbox.items).toHaveLength(1);
  await outbox.drain();
  await outbox.drain();
  expect(outbox.items).toHaveLength(0);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

it('sends an act once when two drains meet', async () => {
  const send = vi.fn(async () => {});
  const outbox = createOutbox({ send });
  await outbox.add('sukai');
  await Promise.all([outbox.drain(), outbox.drain()]);
  expect(send).toHaveBeenCalledTimes(1);
});

it('tells of a refusal, drops it and goes on with the next', async () => {
  const gone = new ApiError({ code: 'gone', status: 410, title: 'Konten ditarik.' });
  const send = vi.fn(async (act: string) => {
    if (act === 'ditarik') throw gone;
  });
  const onrefused = vi.fn();
  const outbox = createOutbox({ send, onrefused });
  await outbox.add('ditarik');
  await outbox.add('berlaku');
  await outbox.drain();
  expect(onrefused).toHaveBeenCalledWith(expect.objectContaining({ act: 'ditarik' }), gone);
  expect(send).toHaveBeenCalledTimes(2);
  expect(outbox.items).toHaveLength(0);
});

it.each([
  ['not signed in', 401],
  ['in progress', 409],
  ['too fast', 429],
  ['server trouble', 503],
])('keeps an act when %s', async (_, status) => {
  const send = vi.fn(async () => {
    throw ApiError.of({}, status);
  });
  const outbox = createOutbox({ send });
  await outbox.add('bagikan');
  await outbox.drain();
  expect(send).toHaveBeenCalledTimes(1);
  expect(outbox.items).toHaveLength(1);
});
