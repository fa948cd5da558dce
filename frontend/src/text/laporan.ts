import { createI18n } from '../lib/i18n.svelte';
import id from './laporan.id';

export const t = createI18n(id, { en: () => import('./laporan.en') });
