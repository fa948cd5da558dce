import './asn.css';
import { mount } from 'svelte';
import { language } from '../lib/i18n.svelte';
import { startRouter } from '../lib/router.svelte';
import App from './App.svelte';
import { load } from './start.svelte';

startRouter('/', ['/konsol', '/laporan', '/k', '/s', '/sertifikat', '/api']);

const target = document.getElementById('app')!;
void load();
void language.start().then(() => {
  target.replaceChildren();
  mount(App, { target });
});
