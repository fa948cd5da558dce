import { expect, it } from 'vitest';
import { parseInline, parseMarkdown } from './markdown';

it('never makes a link that runs code', () => {
  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '//evil.example',
  ]) {
    expect(JSON.stringify(parseInline(`[klik](${href})`))).not.toContain('"link"');
  }
});

it('reads the blocks that contents use', () => {
  const text =
    '## Jadwal\nSenin **pagi**\n- satu\n- dua\n  lanjut\n\n1. a\n2. b\n\n> kutip\n> lagi';
  expect(parseMarkdown(text).map((block) => block.type)).toEqual([
    'heading',
    'paragraph',
    'list',
    'list',
    'quote',
  ]);
  expect(parseMarkdown(text)[2]).toMatchObject({ ordered: false, items: { length: 2 } });
});

it('keeps the stop of a sentence out of an address, and names_with_underscores whole', () => {
  expect(parseInline('Lihat https://contoh.example/a_b_c.')).toEqual([
    { type: 'text', text: 'Lihat ' },
    {
      type: 'link',
      href: 'https://contoh.example/a_b_c',
      children: [{ type: 'text', text: 'https://contoh.example/a_b_c' }],
    },
    { type: 'text', text: '.' },
  ]);
  expect(parseInline('a_b_c')).toEqual([{ type: 'text', text: 'a_b_c' }]);
});

it('reads a text of nothing but beginnings at once', () => {
  for (const text of ['[', '[a](', ' _a', '**', '[a', 'https://']) {
    const begin = performance.now();
    parseMarkdown(text.repeat(Math.ceil(60_000 / text.length)));
    expect(performance.now() - begin, text).toBeLessThan(1000);
  }
  expect(parseInline(`${'['.repeat(60_000)}a](https://contoh.example)`).at(-1)).toMatchObject({
    type: 'link',
  });
});
