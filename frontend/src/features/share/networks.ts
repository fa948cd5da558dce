// The capability table as the sheet uses it: kept on the device, so that the sheet opens offline.
import { get, set } from 'idb-keyval';
import { api, unwrap } from '../../lib/api/client';
import type { Network, Networks } from '../../lib/api/types';

const storageKey = 'r:networks';
const lastKey = 'last-network';

/** Enough for a device that has never seen the table: these two always work. */
const least = (key: string, share: Network['share']) =>
  ({
    key,
    name: key === 'copy' ? 'Salin teks' : 'WhatsApp',
    share,
    caption: 'prefilled',
    count: 'characters',
    limit: 0,
    tracked_link: true,
  }) as Network;
export const fallback: Networks = {
  networks: [least('whatsapp', 'intent_text'), least('copy', 'copy')],
  link_length: 60,
};

/** What was kept at once, and what the server says when it answers. */
export async function loadNetworks(show: (table: Networks) => void) {
  const kept = await get<Networks>(storageKey).catch(() => undefined);
  if (kept) show(kept);
  try {
    const fresh = (await unwrap(api.GET('/api/v1/networks'))) as Networks;
    show(fresh);
    await set(storageKey, fresh);
  } catch {
    // Offline: what is kept, or the least, will do.
  }
}

/** The networks of the sheet: WhatsApp first, then those that the person says they use, in their order, then the
 * one used last, then by the table. */
export function offered(all: Network[], webShare: boolean, used: string[] = []): Network[] {
  const list = all.filter((n) => n.share !== 'none' && (n.share !== 'system' || webShare));
  const last = lastUsed();
  const rank = ({ key }: Network) => {
    if (key === 'whatsapp') return 0;
    if (used.includes(key)) return 1 + used.indexOf(key);
    return key === last ? 100 : 101;
  };
  return list.sort((a, b) => rank(a) - rank(b));
}

function lastUsed() {
  try {
    return localStorage.getItem(lastKey);
  } catch {
    return null;
  }
}

export function remember(network: string) {
  try {
    localStorage.setItem(lastKey, network);
  } catch {
    // Private mode.
  }
}
