// A new version waits until the person asks for it: nothing changes under their hands.
let waiting = $state.raw<ServiceWorker | null>(null);

export const update = {
  get ready() {
    return waiting !== null;
  },
  take() {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
      once: true,
    });
    waiting?.postMessage({ type: 'SKIP_WAITING' });
  },
};

export async function registerWorker() {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.register('/sw.js');
  // The first worker of a device has nothing to take over from.
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) waiting = registration.waiting;
  };
  look();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
}
