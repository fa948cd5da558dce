import { createI18n } from '../lib/i18n.svelte';
import id from './raffle.id';

export const t = createI18n(id, { en: () => import('./raffle.en') });
