import { describe, expect, it } from 'vitest';
import { blocks, inlines } from './markdown';

describe('markdown', () => {
  it('never makes a link of anything but https', () => {
    const text = '[klik](javascript:alert(1)) [x](http://a.example)';
    expect(inlines(text).every((part) => part.kind === 'text')).toBe(true);
  });

  it('leaves underscores inside words and tags as typed', () => {
    expect(inlines('layanan_publik_kita <b>a</b>')).toEqual([
      { kind: 'text', text: 'layanan_publik_kita <b>a</b>' },
    ]);
  });

  it('reads headings, lists and emphasis', () => {
    const found = blocks('## Syarat\nBawa:\n- **KTP**\n- KK\n\nSelesai.');
    expect(found.map((block) => block.kind)).toEqual(['heading', 'paragraph', 'list', 'paragraph']);
    expect(found[2]).toEqual({
      kind: 'list',
      ordered: false,
      items: [[{ kind: 'strong', text: 'KTP' }], [{ kind: 'text', text: 'KK' }]],
    });
  });
});
