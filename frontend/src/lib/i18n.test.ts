import { describe, expect, it } from 'vitest';
import { fill } from './i18n.svelte';

/** Every catalogue file, by its name without the language. */
const files = import.meta.glob<{ default: Record<string, string> }>('../text/*.{id,en}.ts', {
  eager: true,
});
const catalogue = (name: string, lang: string) => files[`../text/${name}.${lang}.ts`]!.default;
const names = Object.keys(files)
  .filter((file) => file.endsWith('.id.ts'))
  .map((file) => file.slice('../text/'.length, -'.id.ts'.length));

const holes = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)/g)].map((hole) => hole[1]))].sort();

describe.each(names)('catalogue %s', (name) => {
  const id = catalogue(name, 'id');
  const en = catalogue(name, 'en');

  it('says the same with the same blanks in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(id).sort());
    for (const key of Object.keys(id)) expect(holes(en[key]!), key).toEqual(holes(id[key]!));
  });

  it('keeps to the glossary', () => {
    const forbidden = /\b(antrian|hoax|password|klik disini|perlindungan data|merubah|silahkan)\b/i;
    for (const [key, message] of Object.entries(id)) expect(message, key).not.toMatch(forbidden);
  });
});

describe('fill', () => {
  it('writes numbers in the way of the language', () => {
    expect(fill('{n} orang', { n: 12_345 }, 'id')).toBe('12.345 orang');
    expect(fill('{n} people', { n: 12_345 }, 'en')).toBe('12,345 people');
  });

  it('chooses the English plural', () => {
    expect(fill('{n} {n|person|people}', { n: 1 }, 'en')).toBe('1 person');
    expect(fill('{n} {n|person|people}', { n: 0 }, 'en')).toBe('0 people');
  });

  it('leaves text that looks like a pattern as it is', () => {
    expect(fill('{name}', { name: '$& {n}' }, 'id')).toBe('$& {n}');
  });
});
