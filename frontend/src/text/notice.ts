import { createI18n } from '../lib/i18n.svelte';
import id from './notice.id';

export const t = createI18n(id, { en: () => import('./notice.en') });
