// Push messages on this device: what the browser allows, and the way to and from the server.
import { api, unwrap } from '../../lib/api/client';

export type State = 'looking' | 'none' | 'unsupported' | 'install' | 'blocked' | 'off' | 'on';

const bytes = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) =>
    letter.charCodeAt(0),
  );
const text = (key: ArrayBuffer | null) =>
  btoa(String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

/** iPhones show notices only of what is on their home screen. */
const apple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) && !('PushManager' in window);

async function registration() {
  const found = await navigator.serviceWorker.getRegistration('/');
  return found?.active ? found : undefined;
}

function tell(subscription: PushSubscription, key: string) {
  const body = {
    endpoint: subscription.endpoint,
    p256dh: text(subscription.getKey('p256dh')),
    auth: text(subscription.getKey('auth')),
    key,
  };
  return unwrap(api.POST('/api/v1/me/push', { body }));
}

/** At the end of a session, which ends it on the server as well: this browser need not listen any more. */
export async function stopListening() {
  try {
    const there = await (await registration())?.pushManager?.getSubscription();
    await there?.unsubscribe();
  } catch {
    // No worker here, or no push: there is nothing to stop.
  }
}

export function thisDevice() {
  let state = $state.raw<State>('looking');

  async function look(key: string) {
    if (!key) return (state = 'none');
    if (apple()) return (state = 'install');
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
      return (state = 'unsupported');
    if (Notification.permission === 'denied') return (state = 'blocked');
    const there = await (await registration())?.pushManager.getSubscription();
    if (!there) return (state = 'off');
    // Made with another key of ours, it would get nothing any more.
    if (text(there.options.applicationServerKey) !== key) {
      await there.unsubscribe();
      return (state = 'off');
    }
    // Somebody else may have used this browser meanwhile: it is this person's again.
    await tell(there, key);
    return (state = 'on');
  }

  return {
    get state() {
      return state;
    },
    look: (key: string) => look(key).catch(() => (state = 'off')),
    /** Asks the browser, which asks the person. Only from a tap. */
    async start(key: string) {
      const asked = await Notification.requestPermission();
      if (asked !== 'granted') {
        state = asked === 'denied' ? 'blocked' : 'off';
        return false;
      }
      const at = (await registration()) ?? (await navigator.serviceWorker.ready);
      const made = await at.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytes(key),
      });
      await tell(made, key);
      state = 'on';
      return true;
    },
    async stop() {
      const there = await (await registration())?.pushManager.getSubscription();
      if (there) {
        await unwrap(api.POST('/api/v1/me/push/end', { body: { endpoint: there.endpoint } }));
        await there.unsubscribe();
      }
      state = 'off';
    },
    async sample() {
      const there = await (await registration())?.pushManager.getSubscription();
      const endpoint = there?.endpoint ?? '';
      await unwrap(api.POST('/api/v1/me/push/sample', { body: { endpoint } }));
    },
  };
}

export type Device = ReturnType<typeof thisDevice>;
