import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from './api/error';
import { createOutbox } from './outbox.svelte';
import { session } from './session.svelte';

const kept = vi.hoisted(() => new Map<string, unknown>());
const device = vi.hoisted(() => ({ full: false }));
vi.mock('idb-keyval', () => ({
  get: async (key: string) => kept.get(key),
  update: async (key: string, edit: (value: unknown) => unknown) => {
    if (device.full) throw new DOMException('', 'QuotaExceededError');
    kept.set(key, edit(kept.get(key)));
  },
}));

beforeEach(() => {
  kept.clear();
  device.full = false;
  session.end();
});

const signIn = (id: number) => {
  session.end();
  session.begin({ id } as Parameters<typeof session.begin>[0]);
};

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

it('keeps what one person did for that person alone', async () => {
  const send = vi.fn(async () => {});
  const outbox = createOutbox({ send });
  signIn(1);
  await outbox.add('punya yang pertama');
  signIn(2);
  await outbox.drain();
  expect(send).not.toHaveBeenCalled();
  expect(outbox.items).toHaveLength(0);
  signIn(1);
  await outbox.drain();
  expect(send).toHaveBeenCalledTimes(1);
});

it('goes past an act that the server stumbles over, in the order of each content', async () => {
  const sent: string[] = [];
  const send = async (act: string) => {
    if (act === 'a1') throw ApiError.of({}, 500);
    sent.push(act);
  };
  const outbox = createOutbox({ send, group: (act) => act[0] });
  for (const act of ['a1', 'b1', 'a2', 'b2']) await outbox.add(act);
  await outbox.drain();
  expect(sent).toEqual(['b1', 'b2']);
  expect(outbox.items.map(({ act }) => act)).toEqual(['a1', 'a2']);
});

it('keeps an act whose answer was cut off', async () => {
  const send = vi.fn(async () => JSON.parse('{"id": 1'));
  const onrefused = vi.fn();
  const outbox = createOutbox({ send, onrefused });
  await outbox.add('bagikan');
  await outbox.drain();
  expect(onrefused).not.toHaveBeenCalled();
  expect(outbox.items).toHaveLength(1);
});

it('says so where the device has no room, and sends it all the same', async () => {
  device.full = true;
  const send = vi.fn(async () => {});
  const onloose = vi.fn();
  const outbox = createOutbox({ send, onloose });
  await outbox.add('bagikan');
  expect(onloose).toHaveBeenCalledTimes(1);
  expect(outbox.items).toHaveLength(1);
  await outbox.drain();
  expect(send).toHaveBeenCalledTimes(1);
  expect(outbox.items).toHaveLength(0);
});

it('sends an act once when two tabs drain, also without locks', async () => {
  let arrived = () => {};
  const slow = new Promise<void>((resolve) => (arrived = resolve));
  const send = vi.fn(() => slow);
  const [one, two] = [createOutbox({ send }), createOutbox({ send })];
  await one.add('bagikan');
  const first = one.drain();
  const second = two.drain();
  await new Promise((resolve) => setTimeout(resolve));
  arrived();
  await Promise.all([first, second]);
  expect(send).toHaveBeenCalledTimes(1);
});
