import { describe, expect, it } from 'vitest';
import type { Finding } from './api';
import { mended, placeOf, textOf, type Written } from './place';

const draft: Written = {
  title: '👨‍👩‍👧 Antrian loket',
  summary: '',
  body: '',
  captions: ['satu', 'dua antrian'],
  hashtags: '#Satu, Antrian  #Satu #Tiga',
};
const finding = (more: Partial<Finding>): Finding => ({
  rule: 'banned_word',
  severity: 'warning',
  field: 'title',
  index: 0,
  from: 0,
  to: 0,
  quote: 'Antrian',
  reason: '',
  fix: 'Antrean',
  fixable: true,
  ...more,
});

describe('the place of a finding', () => {
  it('counts an emoji as the browser does', () => {
    const from = draft.title.indexOf('Antrian');
    expect(mended(draft, draft, finding({ from, to: from + 7 }))?.title).toBe('👨‍👩‍👧 Antrean loket');
  });

  it('finds a hashtag in what was typed, with the # that was left out', () => {
    expect(textOf(draft).hashtags).toEqual(['#Satu', '#Antrian', '#Tiga']);
    const tag = finding({ field: 'hashtags', index: 1, from: 1, to: 8 });
    const { from, to } = placeOf(draft, tag);
    expect(draft.hashtags.slice(from, to)).toBe('Antrian');
    expect(mended(draft, draft, tag)?.hashtags).toBe('#Satu, Antrean  #Satu #Tiga');
  });

  it('leaves alone what was typed in between', () => {
    const at = finding({ field: 'captions', index: 1, from: 4, to: 11 });
    expect(mended(draft, draft, at)?.captions).toEqual(['satu', 'dua Antrean']);
    const now = { ...draft, captions: ['satu', 'dua orang mengantri'] };
    expect(mended(now, draft, at)).toBeUndefined();
  });
});
