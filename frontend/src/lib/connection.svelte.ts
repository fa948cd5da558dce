// Whether the device says it is online. It may be wrong: a request that fails counts more.
let online = $state.raw(navigator.onLine);

addEventListener('online', () => (online = true));
addEventListener('offline', () => (online = false));

export const connection = {
  get online() {
    return online;
  },
};
