// What the person is told: how much is unread, asked for now and then while the console is open.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Notice = Schemas['Notice'];
type List = { items: Notice[]; next: string; unread: number };

const every = 60_000;

let unread = $state.raw(0);

export function listNotices(after = '', limit = 20): Promise<List> {
  return unwrap(api.GET('/api/v1/notices', { params: { query: { after, limit } } }));
}

export async function readNotice(id: number): Promise<void> {
  await unwrap(api.POST('/api/v1/notices/{id}/read', { params: { path: { id } } }));
  await notices.refresh();
}

export async function readAll(upTo: number): Promise<void> {
  await unwrap(api.POST('/api/v1/notices/read', { body: { up_to: upTo, part: 'desk' } }));
  await notices.refresh();
}

export const notices = {
  get unread() {
    return unread;
  },
  async refresh() {
    try {
      unread = (await listNotices('', 1)).unread;
    } catch {
      // The number that is shown stays; the next look may tell more.
    }
  },
  /** Looks now and then until the function that it gives is called. */
  watch() {
    void this.refresh();
    const timer = setInterval(() => {
      if (!document.hidden) void this.refresh();
    }, every);
    return () => clearInterval(timer);
  },
};
