import './asn.css';
import { mount } from 'svelte';
import { language } from '../lib/i18n.svelte';
import { startRouter } from '../lib/router.svelte';
import App from './App.svelte';
import { load } from './start.svelte';

// What another app shares to this one may be a private address: it leaves the address bar before anything else.
if (location.pathname === '/bagikan-masuk' && (location.hash || location.search)) {
  try {
    sessionStorage.setItem('shared-in', location.hash || location.search);
  } catch {
    // No storage: the person pastes it.
  }
  history.replaceState(null, '', location.pathname);
}
// The browser's offer to install waits until somebody looks for it; see features/account/Install.svelte.
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  window.installOffer = event;
});
startRouter('/', ['/konsol', '/laporan', '/k', '/s', '/sertifikat', '/bantuan', '/api']);

const target = document.getElementById('app')!;
void load();
void language.start().then(() => {
  target.replaceChildren();
  mount(App, { target });
});
