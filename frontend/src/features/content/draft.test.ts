import { beforeEach, describe, expect, it } from 'vitest';
import {
  bodyOf,
  differences,
  draftOf,
  emptyDraft,
  parseHashtags,
  sameDraft,
  takeField,
} from './draft';
import { forget, keep, kept } from './kept';
import type { Content } from './types';

const content = {
  id: 7,
  agency_id: 8,
  agency_zone: 'Asia/Jayapura',
  version: 2,
  title: 'Adminduk keliling',
  captions: ['satu'],
  hashtags: ['#A', '#B'],
  official_posts: null,
  targets: [8, 1],
  ends_at: '2026-12-01T00:00:00Z',
} as unknown as Content;

describe('draft', () => {
  it('gives three caption fields and the end on the agency clock', () => {
    const draft = draftOf(content);
    expect(draft.captions).toEqual(['satu', '', '']);
    expect(draft.ends_local).toBe('2026-12-01T09:00');
  });

  it('sends the same instant back, without empty captions and posts', () => {
    const draft = draftOf(content);
    draft.official_posts.push({ network: 'instagram', url: '  ' });
    const body = bodyOf(draft, 'Asia/Jayapura');
    expect(new Date(body.ends_at!).toISOString()).toBe('2026-12-01T00:00:00.000Z');
    expect(body.captions).toEqual(['satu']);
    expect(body.official_posts).toEqual([]);
  });

  it('does not send an end that was cleared', () => {
    expect('ends_at' in bodyOf(emptyDraft(1), 'Asia/Makassar')).toBe(false);
  });

  it('adds the # people forget and drops doubles', () => {
    expect(parseHashtags('#Satu dua,#Satu')).toEqual(['#Satu', '#dua']);
  });
});

describe('conflict', () => {
  it('names only the fields that differ and keeps what was typed', () => {
    const mine = { ...draftOf(content), title: 'Judul saya', summary: 'Ringkasan saya' };
    const theirs = { ...draftOf(content), title: 'Judul lain' };
    expect(differences(mine, theirs)).toEqual([
      { field: 'title', mine: 'Judul saya', theirs: 'Judul lain' },
      { field: 'summary', mine: 'Ringkasan saya', theirs: '' },
    ]);
    const merged = takeField(mine, theirs, 'title');
    expect(merged.title).toBe('Judul lain');
    expect(merged.summary).toBe('Ringkasan saya');
    expect(mine.title).toBe('Judul saya');
  });

  it('does not share lists with the other version', () => {
    const theirs = draftOf(content);
    const merged = takeField(draftOf(content), theirs, 'captions');
    merged.captions[0] = 'diubah';
    expect(theirs.captions[0]).toBe('satu');
  });

  it('sees no change in white space or in the order of targets', () => {
    const other = { ...draftOf(content), title: ' Adminduk keliling ', targets: [1, 8] };
    expect(sameDraft(draftOf(content), other)).toBe(true);
  });
});

describe('kept text', () => {
  beforeEach(() => localStorage.clear());

  it('survives a closed tab and is gone once saved', () => {
    const draft = { ...emptyDraft(1), title: 'Belum tersimpan' };
    keep(2, null, draft, 0);
    expect(kept(2, null)?.draft.title).toBe('Belum tersimpan');
    forget(2, null);
    expect(kept(2, null)).toBeNull();
  });

  it('is not shown to another person on the same device', () => {
    keep(2, 7, { ...emptyDraft(1), title: 'Rahasia' }, 1);
    expect(kept(3, 7)).toBeNull();
  });

  it('ignores what it cannot read', () => {
    localStorage.setItem('gaung:draft:2:new', '{"draft":1');
    expect(kept(2, null)).toBeNull();
  });
});
