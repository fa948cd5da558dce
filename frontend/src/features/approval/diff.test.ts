import { describe, expect, it } from 'vitest';
import { changes, folded, items, words, type Piece } from './diff';

const shown = (pieces: Piece[]) =>
  pieces
    .map(({ kind, text }) =>
      kind === 'same' ? text : kind === 'added' ? `+${text}+` : `-${text}-`,
    )
    .join('');
const kinds = (before: string[], after: string[]) =>
  items(before, after).map(({ kind, from, to }) => `${kind} ${from}>${to}`);

describe('words', () => {
  it('marks the words that changed and no more', () => {
    expect(shown(words('Buka pukul 08.00 WITA.', 'Buka pukul 09.00 WITA.'))).toBe(
      'Buka pukul -08.00-+09.00+ WITA.',
    );
    expect(shown(words('Gratis', 'Gratis'))).toBe('Gratis');
    expect(shown(words('', 'Baru sama sekali'))).toBe('+Baru sama sekali+');
  });

  it('reads a changed phrase as one change', () => {
    expect(shown(words('Datang ke kantor camat besok', 'Datang ke balai desa besok'))).toBe(
      'Datang ke -kantor camat-+balai desa+ besok',
    );
  });

  it('leaves out the middle of what stayed', () => {
    const long = 'kata '.repeat(100);
    const pieces = folded(words(`Awal. ${long}Akhir`, `Mula. ${long}Akhir`));
    expect(shown(pieces)).toMatch(/^-Awal-\+Mula\+\. kata .*\[…\]$/);
    expect(shown(pieces).length).toBeLessThan(200);
  });

  it('gives back both texts whole', () => {
    const before = 'Satu dua\n\ntiga, empat lima.';
    const after = 'Satu\n\ntiga dan empat, lima enam.';
    const pieces = words(before, after);
    const side = (but: Piece['kind']) =>
      pieces
        .filter(({ kind }) => kind !== but)
        .map(({ text }) => text)
        .join('');
    expect(side('added')).toBe(before);
    expect(side('removed')).toBe(after);
  });
});

describe('items', () => {
  const a = 'Layanan keliling hadir di dua belas kecamatan';
  const b = 'Belum sempat ke kantor? Petugas mendatangi Anda';
  const c = 'Cek jadwal di tautan ini';

  it('does not show a caption that moved as new', () => {
    expect(kinds([a, b, c], [c, a, b])).toEqual(['moved 3>1', 'same 1>2', 'same 2>3']);
  });

  it('finds the caption that was reworded, also where it moved', () => {
    expect(kinds([a, b], [b, `${a} pekan ini`])).toEqual(['same 2>1', 'changed 1>2']);
  });

  it('tells apart what is new from what is gone', () => {
    expect(kinds([a, b], [a, c])).toEqual(['same 1>1', 'added 0>2', 'removed 2>0']);
    expect(kinds(['#a', '#b'], ['#b'])).toEqual(['same 2>1', 'removed 1>0']);
  });
});

it('names what changed of the pictures', () => {
  const image = (name: string, alt: string) => ({ name, alt, width: 1, height: 1, files: [] });
  const before = { title: 'x', images: [image('a', 'Papan jadwal'), image('b', 'Peta')] };
  const after = { title: 'x', images: [image('a', 'Papan jadwal baru'), image('c', 'Loket')] };
  expect(changes(before, after).pictures.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'alt a',
    'added c',
    'removed b',
  ]);
  expect(changes(before, before).count).toBe(0);
});
