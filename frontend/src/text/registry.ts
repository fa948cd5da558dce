import { createI18n } from '../lib/i18n.svelte';
import id from './registry.id';

export const t = createI18n(id, { en: () => import('./registry.en') });
