import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, draftOf, emptyDraft, parseHashtags, sameDraft } from './draft';
import { device, drop, keep, left } from './kept';
import { merge } from './merge';
import type { Content } from './types';

const content = {
  id: 7,
  agency_id: 8,
  agency_zone: 'Asia/Jayapura',
  version: 2,
  title: 'Adminduk keliling',
  captions: [{ text: 'satu' }],
  hashtags: ['#A', '#B'],
  official_posts: null,
  targets: [8, 1],
  ends_at: '2026-12-01T00:00:00Z',
} as unknown as Content;

describe('draft', () => {
  it('gives three caption fields and the end on the agency clock', () => {
    const draft = draftOf(content);
    expect(draft.captions.map(({ text }) => text)).toEqual(['satu', '', '']);
    expect(draft.ends_local).toBe('2026-12-01T09:00');
  });

  it('sends the same instant back, without empty captions and posts', () => {
    const draft = draftOf(content);
    draft.official_posts.push({ network: 'instagram', url: '  ' });
    const body = bodyOf(draft, 'Asia/Jayapura');
    expect(new Date(body.ends_at!).toISOString()).toBe('2026-12-01T00:00:00.000Z');
    expect(body.captions).toEqual([{ text: 'satu' }]);
    expect(body.official_posts).toEqual([]);
  });

  it('does not send an end that was cleared', () => {
    expect('ends_at' in bodyOf(emptyDraft(1), 'Asia/Makassar')).toBe(false);
  });

  it('adds the # people forget and drops doubles', () => {
    expect(parseHashtags('#Satu dua,#Satu')).toEqual(['#Satu', '#dua']);
  });
});

describe('two texts that began as one', () => {
  const base = { ...draftOf(content), summary: 'Ringkasan' };

  it('go together by themselves where only one side touched a field', () => {
    const mine = { ...structuredClone(base), title: 'Judul saya' };
    const theirs = { ...structuredClone(base), summary: 'Ringkasan lain', title: base.title };
    const { draft, taken, clashes } = merge([base], mine, theirs);
    expect([draft.title, draft.summary]).toEqual(['Judul saya', 'Ringkasan lain']);
    expect([taken, clashes]).toEqual([['summary'], []]);
    expect(mine.summary).toBe('Ringkasan');
  });

  it('keep mine and ask where both did, and do not where both did the same', () => {
    const mine = { ...structuredClone(base), title: 'Judul saya', summary: 'Sama' };
    const theirs = { ...structuredClone(base), title: 'Judul lain', summary: 'Sama' };
    const { draft, taken, clashes } = merge([base], mine, theirs);
    expect([draft.title, taken, clashes]).toEqual(['Judul saya', [], ['title']]);
  });

  it('know what was saved on the way: it was not touched since', () => {
    const saved = { ...structuredClone(base), title: 'Di tengah' };
    const theirs = { ...structuredClone(base), title: 'Selesai' };
    const { draft, clashes } = merge([base, saved], structuredClone(saved), theirs);
    expect([draft.title, clashes]).toEqual(['Selesai', []]);
  });

  it('do not share lists afterwards', () => {
    const theirs = structuredClone(base);
    theirs.captions[0]!.text = 'dua';
    const { draft } = merge([base], structuredClone(base), theirs);
    draft.captions[0]!.text = 'diubah';
    expect(theirs.captions[0]!.text).toBe('dua');
  });

  it('are alike in spite of white space and of the order of targets', () => {
    const other = { ...draftOf(content), title: ' Adminduk keliling ', targets: [1, 8] };
    expect(sameDraft(draftOf(content), other)).toBe(true);
  });

  it('differ by what a caption is for', () => {
    const other = structuredClone(base);
    other.captions[0]!.networks = ['x'];
    expect(merge([base], structuredClone(base), other).taken).toEqual(['captions']);
  });
});

describe('kept text', () => {
  beforeEach(() => localStorage.clear());
  const text = (title: string) => ({
    draft: { ...emptyDraft(1), title },
    base: emptyDraft(1),
    version: 0,
    key: 'k',
  });
  /** As a tab that is gone has left it. */
  const abandon = (place: string) => {
    const own = Object.keys(localStorage).find((name) => name.endsWith(device))!;
    localStorage.setItem(place, localStorage.getItem(own)!);
    localStorage.removeItem(own);
  };

  it('of a tab that is gone is found, with every letter', async () => {
    keep(2, null, text('Belum tersimpan '));
    abandon('gaung:draft:2:new:lain');
    const [one] = await left(2, null);
    expect([one?.draft.title, one?.key]).toEqual(['Belum tersimpan ', 'k']);
    drop(one!.place);
    expect(await left(2, null)).toEqual([]);
  });

  it('of this tab is not taken for another, and nobody reads another person’s', async () => {
    keep(2, 7, text('Rahasia'));
    expect(await left(2, 7)).toEqual([]);
    abandon('gaung:draft:2:7:lain');
    expect(await left(3, 7)).toEqual([]);
    expect(await left(2, 70)).toEqual([]);
    expect(await left(2, 7)).toHaveLength(1);
  });

  it('of an older build gets what is new since', async () => {
    const old = { agency_id: 1, title: 'Lama', captions: ['satu', '', ''] };
    localStorage.setItem('gaung:draft:2:new', JSON.stringify({ draft: old, version: 0, at: '' }));
    const [one] = await left(2, null);
    expect(one?.draft.captions[0]).toEqual({ text: 'satu', register: '', networks: [] });
    expect(one?.draft.images).toEqual([]);
  });

  it('that cannot be read is passed over', async () => {
    localStorage.setItem('gaung:draft:2:new', '{"draft":1');
    expect(await left(2, null)).toEqual([]);
  });
});
