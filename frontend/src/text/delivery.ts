import { createI18n } from '../lib/i18n.svelte';
import id from './delivery.id';

export const t = createI18n(id, { en: () => import('./delivery.en') });
