// Every screen of the console by its path, with who may see it: each comes when it is asked for.
import type { Component } from 'svelte';
import { match } from '../lib/router.svelte';
import type { Rights } from './rights';

type Load = () => Promise<{ default: Component<never> }>;

type Screen = {
  load: Load;
  may: keyof Rights;
  /** What :id is: an item, each with a screen of its own; or an item or a new one, whose screen stays when it is saved. */
  of?: 'item' | 'any';
  /** The place in the navigation, where it is not the beginning of the path. */
  place?: string;
};

const composer: Load = () => import('../features/content/Composer.svelte');

const queue = '/konsol/antrean';

/** The first pattern that fits counts. */
const screens: Record<string, Screen> = {
  [queue]: { may: 'read', load: () => import('../features/queue/Queue.svelte') },
  '/konsol/periksa/:id': {
    may: 'read',
    of: 'item',
    place: queue,
    load: () => import('../features/approval/Review.svelte'),
  },
  '/konsol/kalender': { may: 'read', load: () => import('../features/calendar/Calendar.svelte') },
  '/konsol/tulis': { may: 'read', of: 'any', load: composer },
  '/konsol/tulis/:id': { may: 'read', of: 'any', load: composer },
  '/konsol/persetujuan': { may: 'flow', load: () => import('../features/approval/Flow.svelte') },
  '/konsol/kampanye': {
    may: 'direct',
    load: () => import('../features/campaign/Campaigns.svelte'),
  },
  '/konsol/kampanye/:id': {
    may: 'direct',
    of: 'any',
    load: () => import('../features/campaign/CampaignPage.svelte'),
  },
  '/konsol/arahan': {
    may: 'direct',
    load: () => import('../features/directive/Directives.svelte'),
  },
  '/konsol/arahan/:id': {
    may: 'direct',
    of: 'any',
    load: () => import('../features/directive/DirectivePage.svelte'),
  },
  '/konsol/orang': { may: 'keep', load: () => import('../features/people/People.svelte') },
  '/konsol/orang/impor': { may: 'keep', load: () => import('../features/roster/Upload.svelte') },
  '/konsol/orang/impor/:id': {
    may: 'keep',
    of: 'item',
    load: () => import('../features/roster/Import.svelte'),
  },
  '/konsol/pustaka': { may: 'read', load: () => import('../features/library/Library.svelte') },
  '/konsol/pustaka/:id': {
    may: 'read',
    of: 'item',
    load: () => import('../features/library/AssetPage.svelte'),
  },
  '/konsol/belajar': { may: 'teach', load: () => import('../features/teach/Modules.svelte') },
  '/konsol/belajar/juknis': { may: 'teach', load: () => import('../features/teach/Guides.svelte') },
  '/konsol/belajar/juknis/:id': {
    may: 'teach',
    of: 'any',
    load: () => import('../features/teach/GuidePage.svelte'),
  },
  '/konsol/belajar/:id': {
    may: 'teach',
    of: 'any',
    load: () => import('../features/teach/ModulePage.svelte'),
  },
  '/konsol/akun': { may: 'read', load: () => import('../features/registry/Accounts.svelte') },
  '/konsol/bukti': { may: 'prove', load: () => import('../features/proofdesk/Proofs.svelte') },
  '/konsol/hitungan': { may: 'count', load: () => import('../features/counts/Cases.svelte') },
  '/konsol/hitungan/:id': {
    may: 'count',
    of: 'item',
    load: () => import('../features/counts/CasePage.svelte'),
  },
  '/konsol/permintaan': {
    may: 'answer',
    load: () => import('../features/requests/Requests.svelte'),
  },
  '/konsol/permintaan/:id': {
    may: 'answer',
    of: 'item',
    load: () => import('../features/requests/RequestPage.svelte'),
  },
  '/konsol/pemilu': { may: 'direct', load: () => import('../features/election/Elections.svelte') },
  '/konsol/pemilu/:id': {
    may: 'direct',
    of: 'any',
    load: () => import('../features/election/ElectionPage.svelte'),
  },
  '/konsol/musim': { may: 'season', load: () => import('../features/season/Desk.svelte') },
  '/konsol/panduan': { may: 'read', load: () => import('../features/brand/Guide.svelte') },
};

/** What the console opens with: the queue, or the one thing that somebody without a queue has. */
function opening(may: Rights): string {
  if (may.read) return queue;
  if (may.keep) return '/konsol/orang';
  if (may.direct) return '/konsol/arahan';
  if (may.teach) return '/konsol/belajar';
  return may.answer ? '/konsol/permintaan' : '/konsol/arahan';
}

const number = (text: string | undefined) => (text && /^\d{1,9}$/.test(text) ? Number(text) : 0);

/** The place in the navigation that an address belongs to, and its screen if there is one for somebody. */
export function find(path: string, may: Rights) {
  const wanted = match('/konsol', path) ? opening(may) : path;
  for (const [pattern, { load, may: right, of, place }] of Object.entries(screens)) {
    const params = match(pattern, wanted);
    if (!params) continue;
    const id = number(params.id);
    const fresh = of === 'any' && (params.id === undefined || params.id === 'tulis');
    const screen = {
      load,
      id: of && (id || null),
      /** Another item is another screen. */
      key: of === 'item' ? id : 0,
    };
    return {
      place: place ?? pattern.split('/').slice(0, 3).join('/'),
      screen: may[right] && (!of || fresh || id > 0) ? screen : undefined,
    };
  }
  return { place: queue, screen: undefined };
}
