// Every screen of this face by its path, but the feed and a content's page: each comes when it is asked
// for. A :id in the path is given to the screen as a number.
import type { Component } from 'svelte';

type Load = () => Promise<{ default: Component<never> }>;

export const screens: Record<string, Load> = {
  '/dampak': () => import('../features/impact/Impact.svelte'),
  '/peringkat': () => import('../features/board/Board.svelte'),
  '/peringkat/aturan': () => import('../features/season/Rules.svelte'),
  '/arahan': () => import('../features/directive/Inbox.svelte'),
  '/arahan/:id': () => import('../features/directive/Letter.svelte'),
  '/notifikasi': () => import('../features/notice/Notices.svelte'),
  '/belajar': () => import('../features/learn/Learn.svelte'),
  '/belajar/:id': () => import('../features/learn/CoursePage.svelte'),
  '/belajar/juknis/:id': () => import('../features/learn/GuidePage.svelte'),
  '/saya/topik': () => import('../features/feed/Topics.svelte'),
  '/saya/data': () => import('../features/privacy/Data.svelte'),
  '/mulai': () => import('../features/welcome/Start.svelte'),
  '/saya/bantuan': () => import('../features/welcome/Help.svelte'),
  '/saya': () => import('../features/account/Account.svelte'),
  '/dampak/tindakan': () => import('../features/proof/Acts.svelte'),
  '/dampak/hitungan': () => import('../features/counts/Own.svelte'),
  '/bagikan-masuk': () => import('../features/proof/SharedIn.svelte'),
};
